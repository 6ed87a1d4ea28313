import type { Fixture } from "../../src/testing/index.ts";
import { replay } from "../../src/testing/index.ts";
import { outcomeText, type Recorded } from "./fixtures.ts";

/** What a scenario gives when its recording, or another, stands for the kernel. */
export async function playedOutcome(
  { scenario, fixture }: Recorded,
  other: Fixture = fixture,
): Promise<string> {
  await using replayed = replay(other);
  const namespaces = scenario.namespaces.map((name) => replayed.netns(name));
  try {
    return outcomeText(await scenario.run(...namespaces));
  } finally {
    for (const netns of namespaces) netns.close();
  }
}
