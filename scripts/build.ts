/**
 * Builds dist: declarations by tsc, JavaScript by esbuild in a few files. One file for each source file, as tsc makes
 * them, takes three times as long to import (docs/performance.md).
 */
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
execFileSync("npx", ["tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });
await build({
  entryPoints: {
    index: "src/index.ts",
    "netlink/index": "src/netlink/index.ts",
    "rtnl/index": "src/rtnl/index.ts",
    "decode/index": "src/decode/index.ts",
    // A program of its own, found beside the file that starts it.
    "exec-helper": "src/api/netns/exec-helper.ts",
  },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  minifyWhitespace: true,
  sourcemap: true,
  logLevel: "warning",
});
