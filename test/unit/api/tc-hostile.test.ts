/** Whatever the kernel says of options, reading it does not throw, and has no bigint left. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionTable, readAction } from "../../../src/api/action/options.ts";
import { classTable } from "../../../src/api/class/options.ts";
import { filterTable, readFilterOptions } from "../../../src/api/filter/options.ts";
import { qdiscTable } from "../../../src/api/qdisc/options.ts";
import { noLinks } from "../../../src/api/tc/links.ts";
import { readOptions } from "../../../src/api/tc/options.ts";
import { inUnits } from "../../../src/api/tc/units.ts";
import type { Shape } from "../../../src/netlink/codec/shape.ts";
import { actAttrs } from "../../../src/rtnl/tc/actions/action.ts";
import { arbitraryOf } from "../../support/arbitrary.ts";

const runs = { numRuns: 60 };

/** Where a bigint is left. */
function bigints(value: unknown, path = ""): string[] {
  if (typeof value === "bigint") return [path];
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([field, inner]) => bigints(inner, `${path}.${field}`));
}

const any = (shape: Shape<unknown>) => arbitraryOf(shape as Parameters<typeof arbitraryOf>[0], []);

describe.each([
  ["qdisc", qdiscTable],
  ["class", classTable],
] as const)("options of a %s", (_name, table) => {
  test.each(Object.keys(table.shapes))("%s", (kind) => {
    fc.assert(
      fc.property(any(table.shapes[kind]!), (options) => {
        expect(bigints(readOptions(table, kind, options, noLinks))).toEqual([]);
      }),
      runs,
    );
  });
});

test.each(Object.keys(filterTable.shapes))("options of the filter %s", (kind) => {
  fc.assert(
    fc.property(any(filterTable.shapes[kind]!), (options) => {
      expect(bigints(readFilterOptions(kind, options, noLinks, true))).toEqual([]);
    }),
    runs,
  );
});

test.each(Object.keys(actionTable.shapes))("the action %s", (kind) => {
  fc.assert(
    fc.property(any(actionTable.shapes[kind]!), (options) => {
      const action = inUnits(actAttrs, { kind, options }) as Parameters<typeof readAction>[0];
      expect(bigints(readAction(action, noLinks, true))).toEqual([]);
    }),
    runs,
  );
});
