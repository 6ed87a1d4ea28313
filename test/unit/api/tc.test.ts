/** Handles of traffic control as text, units, and options of kinds. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { qdiscTable } from "../../../src/api/qdisc/options.ts";
import {
  filterParent,
  handleNumber,
  handleText,
  parentNumber,
  parentText,
} from "../../../src/api/tc/handle.ts";
import { noLinks } from "../../../src/api/tc/links.ts";
import { readOptions, writeOptions } from "../../../src/api/tc/options.ts";
import { fromUnits, inUnits } from "../../../src/api/tc/units.ts";
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

test("rates are bits a second, times µs, and 64-bit numbers bigints for the kernel, however deep", () => {
  expect(fromUnits(qdiscKinds.tbf, { rate64: 47, parms: { limit: 7, buffer: 0.64 } })).toEqual({
    rate64: 5n,
    parms: { limit: 7, buffer: 10 },
  });
  expect(inUnits(qdiscKinds.tbf, { rate64: 5n, parms: { limit: 7, buffer: 10 } })).toEqual({
    rate64: 40,
    parms: { limit: 7, buffer: 0.64 },
  });
  expect(fromUnits(qdiscKinds.netem, { limit: 5, latency64: 7, slot: { minDelay: 3 } })).toEqual({
    limit: 5,
    latency64: 7n,
    slot: { minDelay: 3n },
  });
  const act = [{ kind: "skbmod", options: { parms: { index: 1, flags: 1 } } }];
  expect(fromUnits(filterKinds.matchall, { act })).toEqual({
    act: [{ kind: "skbmod", options: { parms: { index: 1, flags: 1n } } }],
  });
  expect(fromUnits(actionKinds.gate, { baseTime: 0.5 })).toEqual({ baseTime: 0.5 });
});

test("what is written of options is read again", () => {
  const links = noLinks;
  const back = (kind: string, options: object) =>
    readOptions(qdiscTable, kind, writeOptions(qdiscTable, kind, options, "options.", links), links);
  fc.assert(
    fc.property(
      fc.integer({ min: 8, max: 1e12 }).map((rate) => rate - (rate % 8)),
      fc.integer({ min: 1500, max: 2 ** 24 }),
      (rate, limit) => {
        expect(back("tbf", { rate, burst: 1500, limit })).toMatchObject({
          rate,
          limit,
          linklayer: "ethernet",
        });
        expect(back("cake", { bandwidth: rate })).toMatchObject({ bandwidth: rate });
        expect(back("netem", { rate: { rate } })).toMatchObject({ rate: { rate } });
      },
    ),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e12 }), fc.double({ min: 0, max: 1, noNaN: true }), (ns, loss) => {
      const read = back("netem", { delay: { delay: ns / 1000, jitter: 1 }, lossRandom: { loss } });
      const { delay, lossRandom } = read as { delay: { delay: number }; lossRandom?: { loss: number } };
      expect(delay.delay).toBeCloseTo(ns / 1000, 3);
      expect(lossRandom?.loss ?? 0).toBeCloseTo(loss, 8);
    }),
  );
});

test.each([
  ["tbf", { rate: 1000, burst: 1500 }, "options.limit"],
  ["tbf", { rate: "1mbit", burst: 1500, limit: 1 }, "options.rate"],
  ["tbf", { rate: 1000, burst: 1500, limit: 1, latency: 5 }, "options.latency"],
  ["netem", { lossRandom: { loss: 2 } }, "options.lossRandom.loss"],
  ["netem", { delay: { delay: 5, distribution: "../passwd" } }, "options.delay.distribution"],
  ["netem", { reorder: { reorder: 0.5 } }, "options.reorder"],
  ["cake", { flowmode: "dual" }, "options.flowmode"],
  ["cake", { nat: 1 }, "options.nat"],
  ["fq", { buckets: 1000 }, "options.buckets"],
  ["red", { limit: 10_000 }, "options.avpkt"],
  ["red", { limit: 10_000, avpkt: 1000, burst: 1, min: 9000, max: 9001 }, "options.burst"],
  ["mqprio", { tc: 2, maps: [] }, "options.maps"],
  ["gred", { vqs: [] }, "options.vqs"],
] as const)("%s refuses %j at %s", (kind, options, path) => {
  const error = (() => {
    try {
      return writeOptions(qdiscTable, kind, options, "options.", noLinks);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ path });
});
