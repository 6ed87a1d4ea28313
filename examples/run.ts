/** `npm run examples`: every example, one after the other; those that are named, with arguments. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** What an example exits with that the kernel lacks something for. */
const SKIPPED = 77;

const all = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -3));
const chosen = process.argv.length > 2 ? process.argv.slice(2) : all;

const results = chosen.map((name) => {
  const file = join(import.meta.dirname, `${name}.ts`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", file], { stdio: "inherit" });
  return { name, result: status === 0 ? "proved" : status === SKIPPED ? "skipped" : "failed" };
});
console.log();
for (const { name, result } of results) console.log(`${result.padEnd(8)} ${name}`);
if (results.some(({ result }) => result === "failed")) process.exitCode = 1;
