/** Reads mutated captures, 100,000 of each format or as many as asked: `node --import tsx scripts/mutate-captures.ts [COUNT [SEED]]`. */
import { readMutations, seeds } from "../test/unit/decode/capture/mutations.ts";

const [count = 100_000, seed = 1] = process.argv.slice(2).map(Number);
for (const format of Object.keys(seeds) as (keyof typeof seeds)[]) {
  const started = performance.now();
  const { inputs, datagrams, problems, slowest, mostBytes } = await readMutations(format, count, seed);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(
    `${format}: ${inputs} inputs, ${datagrams} datagrams, ${problems} problems, slowest ${slowest.toFixed(0)} ms, ` +
      `at most ${mostBytes.toFixed(1)} bytes for one, ${seconds} s`,
  );
}
