import { KernelError, type Netns } from "../../src/index.ts";
import { type Fixture, record, withSandbox } from "../../src/testing/index.ts";
import { outcomeText } from "./outcome.ts";
import type { Scenario } from "./scenarios/index.ts";

/** What a scenario says to this kernel, and what comes of it; undefined where the kernel lacks something. */
export async function recordScenario(
  scenario: Scenario,
): Promise<{ fixture: Fixture; outcome: string } | undefined> {
  return withSandbox(async (sandbox) => {
    const recording = record(undefined, { about: scenario.about, open: sandbox.open });
    const namespaces: Netns[] = [];
    for (const name of scenario.namespaces) {
      namespaces.push(await sandbox.namespace(name, { open: recording.openAs(name) }));
    }
    try {
      const outcome = outcomeText(await scenario.run(...namespaces));
      for (const netns of namespaces) netns.client.close();
      return { fixture: recording.fixture, outcome };
    } catch (error) {
      if (scenario.needs && error instanceof KernelError) return undefined;
      throw error;
    }
  });
}
