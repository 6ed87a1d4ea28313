import type { Fixture } from "../../src/testing/index.ts";
import { withReplay } from "../../src/testing/index.ts";
import type { Recorded } from "./fixtures.ts";
import { outcomeText } from "./outcome.ts";

/** What a scenario gives when its recording, or another, stands for the kernel. */
export async function playedOutcome(
  { scenario, fixture }: Recorded,
  other: Fixture = fixture,
): Promise<string> {
  return withReplay(other, async ({ netns }) => {
    const namespaces = scenario.namespaces.map((name) => netns(name));
    return outcomeText(await scenario.run(...namespaces));
  });
}
