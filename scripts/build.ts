/**
 * Builds dist: declarations by tsc, JavaScript by esbuild in a few files. The files that tsc makes, one for each of ours,
 * take three times as long to import (docs/performance.md).
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, rmSync } from "node:fs";
import { type BuildOptions, build } from "esbuild";
import { bundle } from "./bundle.ts";

rmSync("dist", { recursive: true, force: true });
execFileSync("npx", ["tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });
const options: BuildOptions = {
  outdir: "dist",
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // The other dependencies come along: Node takes 20 ms to read CommonJS packages through its ESM loader.
  external: ["commander", "koffi", "unix-dgram"],
  minifyWhitespace: true,
  // Node prints the line that an error comes from.
  lineLimit: 120,
  sourcemap: true,
  logLevel: "warning",
};
await bundle(
  {
    index: "src/index.ts",
    "netlink/index": "src/netlink/index.ts",
    "rtnl/index": "src/rtnl/index.ts",
    "nft/index": "src/nft/index.ts",
    "nfnetlink/index": "src/nfnetlink/index.ts",
    "genl/index": "src/genl/index.ts",
    "sockdiag/index": "src/sockdiag/index.ts",
    "xfrm/index": "src/xfrm/index.ts",
    "decode/index": "src/decode/index.ts",
    "testing/index": "src/testing/index.ts",
    "testing/record-preload": "src/testing/record-preload.ts",
    "cli/index": "src/cli/index.ts",
    "cli/bin": "src/cli/bin.ts",
  },
  [
    ["src/netlink/errors.ts", "src/netlink/constants.ts"],
    ["src/netlink/codec/index.ts", "src/netlink/request.ts", "src/netlink/kernel-error.ts"],
    ["src/netlink/index.ts"],
    ["src/rtnl/index.ts"],
    ["src/index.ts"],
  ],
  options,
);
// What runs in a browser shares files with the rest, but with nothing that needs Node.
const pure = ["rtnl", "nft", "nfnetlink", "genl", "sockdiag", "xfrm", "decode"];
await build({
  entryPoints: pure.map((name) => `dist/${name}/index.js`),
  outdir: "dist",
  bundle: true,
  format: "esm",
  platform: "browser",
  write: false,
  logLevel: "error",
});
// A program of its own, found beside the file that starts it.
await build({ ...options, entryPoints: { "exec-helper": "src/api/netns/exec-helper.ts" } });
chmodSync("dist/cli/bin.js", 0o755);
copyFileSync("node_modules/buffer-layout/LICENSE", "dist/LICENSE.buffer-layout");
