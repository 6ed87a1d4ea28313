/** What the schema has of the kernel's specs and headers; `npm run coverage` prints it. */
import { describe, expect, test } from "vitest";
import { COMPLETE, coverage, EXCEPTIONS, hasSpecs } from "../../../scripts/coverage.ts";
import { specs } from "../../support/headers.ts";

const present = hasSpecs();
const families = present ? coverage() : [];

describe.skipIf(!present)(
  `coverage of the kernel's specs${present ? "" : ` (skipped: no ${specs}; set NLKIT_SPECS)`}`,
  () => {
    test.each(COMPLETE)("%s is complete", (name) => {
      const family = families.find(({ family }) => family === name);
      expect(family?.problems).toEqual([]);
      expect(family?.all).toBeGreaterThan(0);
      expect(family?.known).toBe(family?.all);
    });

    test("every exception is needed", () => {
      const used = families.flatMap(({ exceptions }) => exceptions.map((line) => line.split(":")[0]!));
      expect(used.toSorted()).toEqual(Object.keys(EXCEPTIONS).toSorted());
    });

    test("what is missing is told", () => {
      for (const { known, all, problems } of families) expect(all - known).toBe(problems.length);
    });
  },
);
