/** Names and numbers of a schema are the kernel's: compared with constants read out of uapi headers. */
import { describe, expect, test } from "vitest";
import { type Constant, headersIn, specs, valuesIn } from "../headers.ts";

const known = valuesIn(headersIn("uapi-6.18.json"));
const later = valuesIn(headersIn("newer-than-6.18.json"));
const present = known.size > 0;

/** The reason of an exception that is checked all the same. */
export const BIT = "the header has the number of the bit, the message its value";

/**
 * @param exceptions - constants that the headers at hand do not have, or have otherwise, and why.
 * @param least - how many constants there are at least.
 */
export function checkConstants(
  list: readonly Constant[],
  exceptions: Readonly<Record<string, string>>,
  least: number,
): void {
  describe.skipIf(!present)(
    `constants of Linux 6.18${present ? "" : ` (skipped: no ${specs}; set NLKIT_SPECS)`}`,
    () => {
      test("agree", () => {
        expect(list.length).toBeGreaterThan(least);
        const wrong = list
          .filter(({ constant }) => !(constant in exceptions))
          .filter(({ constant, value }) => !(known.get(constant) ?? later.get(constant))?.has(value))
          .map(
            (row) =>
              `${row.where}: ${row.constant} is ${row.value}, the header has ${[...(known.get(row.constant) ?? later.get(row.constant) ?? ["none"])]}`,
          );
        expect([...new Set(wrong)]).toEqual([]);
      });

      test("bits have the numbers of the header", () => {
        for (const { constant, value } of list.filter((row) => exceptions[row.constant] === BIT)) {
          expect([...known.get(constant)!].map((bit) => 2 ** bit)).toEqual([value]);
        }
      });

      test("every exception is needed", () => {
        const named = new Map(list.map((row) => [row.constant, row]));
        const needless = Object.keys(exceptions).filter((constant) => {
          const row = named.get(constant);
          return !row || (known.get(constant) ?? later.get(constant))?.has(row.value);
        });
        expect(needless).toEqual([]);
      });
    },
  );
}
