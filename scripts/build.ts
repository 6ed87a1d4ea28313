/**
 * Builds dist: declarations by tsc, JavaScript by esbuild in a few files. The files that tsc makes, one for each of ours,
 * take three times as long to import (docs/performance.md).
 */
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
execFileSync("npx", ["tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });
await build({
  entryPoints: {
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
    // A program of its own, found beside the file that starts it.
    "exec-helper": "src/api/netns/exec-helper.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  // The other dependencies come along: Node takes 20 ms to read CommonJS packages through its ESM loader.
  external: ["commander", "koffi", "unix-dgram"],
  minifyWhitespace: true,
  sourcemap: true,
  logLevel: "warning",
});
chmodSync("dist/cli/bin.js", 0o755);
for (const bundled of ["buffer-layout", "ipaddr.js"]) {
  copyFileSync(`node_modules/${bundled}/LICENSE`, `dist/LICENSE.${bundled}`);
}
