/** Fixtures against the kernel that they were recorded on: recorded again, they say the same. */
import { existsSync } from "node:fs";
import { release } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { compareFixtures, whyNoSandbox } from "../../../src/testing/index.ts";
import { recorded } from "../../support/fixtures.ts";
import { recordScenario } from "../../support/record.ts";
import { scenarios } from "../../support/scenarios/index.ts";

const kernel = release().split("-")[0]!;
const folder = resolve(import.meta.dirname, "../../fixtures/recorded", kernel);
const why = existsSync(folder) ? await whyNoSandbox() : `nothing was recorded on ${kernel}`;

describe.skipIf(why !== undefined)(`drift${why ? ` (skipped: ${why})` : ""}`, () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", async (name, scenario) => {
    const stored = recorded.find((entry) => entry.file === join(folder, `${name}.json`));
    const fresh = await recordScenario(scenario);
    expect(fresh === undefined).toBe(stored === undefined);
    if (stored && fresh) expect(compareFixtures(stored.fixture, fresh.fixture)).toEqual([]);
  });
});
