/** Mutated captures of every format: nothing is thrown, nothing hangs. scripts/mutate-captures.ts reads many more. */
import { expect, test } from "vitest";
import { readMutations, seeds } from "./mutations.ts";

test.each(Object.keys(seeds) as (keyof typeof seeds)[])("%s", async (format) => {
  const { datagrams, problems, slowest } = await readMutations(format, 600, 20261121);
  // Most are still read, and what is wrong is told.
  expect(datagrams).toBeGreaterThan(300);
  expect(problems).toBeGreaterThan(60);
  expect(slowest).toBeLessThan(2000);
});
