/** The fixtures of test/fixtures/recorded. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Fixture, parseFixture } from "../../src/testing/index.ts";
import { type Scenario, scenarios } from "./scenarios/index.ts";

export interface Recorded {
  /** `6.18.44/veth` */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly fixture: Fixture;
  /** What the scenario gave when it was recorded. */
  readonly outcome: string;
  readonly scenario: Scenario;
}

const folder = resolve(import.meta.dirname, "../fixtures/recorded");

export const recorded: readonly Recorded[] = readdirSync(folder).flatMap((kernel) =>
  scenarios.flatMap((scenario): Recorded[] => {
    const file = join(folder, kernel, `${scenario.name}.json`);
    if (!readdirSync(join(folder, kernel)).includes(`${scenario.name}.json`)) return [];
    const text = readFileSync(file, "utf8");
    const outcome = readFileSync(file.replace(/json$/, "outcome.json"), "utf8");
    const name = `${kernel}/${scenario.name}`;
    return [{ name, file, text, fixture: parseFixture(text, file), outcome, scenario }];
  }),
);
