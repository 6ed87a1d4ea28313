import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * The sockets as plain JavaScript in a new folder, which the caller removes: loaders of TypeScript use the thread pool
 * before a test could, and its packages can be others than ours.
 */
export function compile(packages: readonly string[] = readdirSync(join(ROOT, "node_modules"))): string {
  const folder = mkdtempSync(join(tmpdir(), "nlkit-sockets-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  mkdirSync(join(folder, "node_modules"));
  for (const name of packages)
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  const sources = readdirSync(join(ROOT, "src/netlink"), { recursive: true, encoding: "utf8" });
  for (const source of sources.filter((name) => /^(socket\/|codec\/)?[\w-]+\.ts$/.test(name))) {
    const target = join(folder, source.replace(/ts$/, "js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, transpile(readFileSync(join(ROOT, "src/netlink", source), "utf8")));
  }
  return folder;
}

function transpile(source: string): string {
  const { ES2022 } = ts.ScriptTarget;
  const compilerOptions = {
    target: ES2022,
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
  };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}
