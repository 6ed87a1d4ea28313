/** Handles of traffic control as text, and numbers of 64 bits. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  filterParent,
  handleNumber,
  handleText,
  parentNumber,
  parentText,
} from "../../../src/api/tc/handle.ts";
import { withBigints } from "../../../src/api/tc/numbers.ts";
import { InputError } from "../../../src/netlink/errors.ts";
import { actionKinds } from "../../../src/rtnl/tc/actions/index.ts";
import { filterKinds } from "../../../src/rtnl/tc/filters/index.ts";
import { qdiscKinds } from "../../../src/rtnl/tc/qdiscs/index.ts";

test("handles are read and written as tc does", () => {
  for (const [text, number] of [
    ["1:", 0x10000],
    ["1:10", 0x10010],
    [":a", 0xa],
    ["0:", 0],
    ["ffff:fff2", 0xfffffff2],
  ] as const) {
    expect(handleNumber(text, "handle")).toBe(number);
    expect(handleText(number)).toBe(text);
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffffff }), (number) => {
      expect(handleNumber(handleText(number), "handle")).toBe(number);
    }),
  );
});

test("parents have names", () => {
  expect(parentNumber("root", "parent")).toBe(0xffffffff);
  expect(parentNumber("clsact", "parent")).toBe(0xfffffff1);
  expect(parentText(0xfffffff1)).toBe("ingress");
  expect(parentText(0x10010)).toBe("1:10");
  expect(filterParent("ingress", "parent")).toBe(0xfffffff2);
  expect(filterParent("egress", "parent")).toBe(0xfffffff3);
});

test.each(["", ":", "1", "12345:", "1:g", "1:2:3", 7, undefined])("%s is no handle", (text) => {
  expect(() => handleNumber(text as string, "handle")).toThrow(InputError);
  expect(() => parentNumber(text as string, "parent")).toThrow(InputError);
});

test("whole numbers become bigints where the wire has 64 bits, however deep", () => {
  expect(withBigints(qdiscKinds.tbf, { rate64: 5, parms: { limit: 7 } })).toEqual({
    rate64: 5n,
    parms: { limit: 7 },
  });
  expect(withBigints(qdiscKinds.netem, { limit: 5, latency64: 7, slot: { minDelay: 3 } })).toEqual({
    limit: 5,
    latency64: 7n,
    slot: { minDelay: 3n },
  });
  const act = [{ kind: "skbmod", options: { parms: { index: 1, flags: 1 } } }];
  expect(withBigints(filterKinds.matchall, { act })).toEqual({
    act: [{ kind: "skbmod", options: { parms: { index: 1, flags: 1n } } }],
  });
  expect(withBigints(actionKinds.gate, { baseTime: 0.5 })).toEqual({ baseTime: 0.5 });
});
