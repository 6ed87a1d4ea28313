/** Statements of nft ↔ expressions of nf_tables, without a kernel. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writeElements } from "../../../src/api/nft/elements.ts";
import type { Left, NftFamily, Right, Statement } from "../../../src/api/nft/json.ts";
import { type KnownSet, readStatements } from "../../../src/api/nft/read.ts";
import type { AnonymousSet } from "../../../src/api/nft/write.ts";
import { writeStatements } from "../../../src/api/nft/write.ts";
import type { Expr } from "../../../src/nft/index.ts";

const links = ["lo", "eth0"];

/** Written, with the sets it needs, and read again. */
function roundTrip(statements: readonly Statement[], family: NftFamily = "inet"): Statement[] {
  const sets: AnonymousSet[] = [];
  const expressions = writeStatements(statements, {
    family,
    indexOf: (dev) => (links.includes(dev) ? links.indexOf(dev) + 1 : undefined),
    addSet: (set) => sets.push(set) - 1,
  });
  // The kernel gives each set a name of its own.
  const named = expressions.map((expression): Expr => {
    const { name, data } = expression;
    if (name !== "lookup" || !data || !("setId" in data)) return expression;
    return { name: "lookup", data: { ...data, set: `__set${data.setId}` } };
  });
  return readStatements(named, {
    family,
    nameOf: (index) => links[index - 1] ?? String(index),
    setOf(name): KnownSet | undefined {
      const set = name.startsWith("__set") ? sets[Number(name.slice(5))] : undefined;
      if (!set)
        return { anonymous: false, types: undefined, value: undefined, interval: false, elements: [] };
      const { types, value, interval } = set;
      const elements = writeElements(set.elements, types, value, interval, "set");
      return { anonymous: true, types, value, interval, elements };
    },
  });
}

const field = (protocol: string, name: string): Left => ({ payload: { protocol, field: name } });
const is = (left: Left, right: Right): Statement => ({ match: { op: "==", left, right } });

describe("is read as it was written", () => {
  test.each<[string, Statement[], NftFamily?]>([
    ["a verdict", [{ jump: { target: "other" } }]],
    [
      "an address, then a port: what goes without saying is not said",
      [is(field("ip", "saddr"), "10.0.0.1"), is(field("tcp", "dport"), 80)],
    ],
    ["a prefix", [is(field("ip6", "daddr"), { prefix: { addr: "fd00::", len: 9 } })], "ip6"],
    ["a range of numbers of the host's order", [is({ meta: { key: "length" } }, { range: [100, 200] })]],
    ["a comparison of them", [{ match: { op: ">", left: { meta: { key: "mark" } }, right: 256 } }]],
    ["the beginning of a name", [is({ meta: { key: "iifname" } }, "eth*")]],
    ["a link", [is({ meta: { key: "oif" } }, "eth0")]],
    ["bits", [{ match: { op: "in", left: { ct: { key: "state" } }, right: ["established", "related"] } }]],
    [
      "a set with intervals",
      [is(field("tcp", "dport"), { set: [22, { range: [80, 90] }, { range: [65_000, 65_535] }] })],
    ],
    [
      "a set of addresses",
      [is(field("ip", "saddr"), { set: ["10.0.0.1", { prefix: { addr: "10.1.0.0", len: 16 } }] })],
    ],
    [
      "a set of parts",
      [
        is(
          {
            concat: [
              { payload: { protocol: "ip", field: "saddr" } },
              { payload: { protocol: "udp", field: "dport" } },
            ],
          },
          { set: [{ concat: ["10.0.0.1", 53] }] },
        ),
      ],
    ],
    ["a set with a name", [is(field("ip", "saddr"), "@allowed")], "ip"],
    [
      "a map of verdicts",
      [
        {
          vmap: {
            key: { payload: { protocol: "tcp", field: "dport" } },
            data: {
              set: [
                [22, { accept: null }],
                [23, { goto: { target: "x" } }],
              ],
            },
          },
        },
      ],
    ],
    [
      "a mark that is set",
      [
        { mangle: { key: { ct: { key: "mark" } }, value: { meta: { key: "mark" } } } },
        { mangle: { key: { meta: { key: "mark" } }, value: 7 } },
      ],
    ],
    [
      "an address and ports to translate to",
      [
        is(field("tcp", "dport"), 1),
        { dnat: { addr: { range: ["10.0.0.2", "10.0.0.5"] }, port: { range: [80, 90] }, flags: "random" } },
      ],
      "ip",
    ],
    ["both families' translation", [{ snat: { family: "ip6", addr: "fd00::1" } }]],
    ["masquerading", [{ masquerade: { flags: ["random", "persistent"] } }], "ip"],
    [
      "a limit in bytes",
      [
        {
          limit: { rate: 10, per: "second", rate_unit: "mbytes", burst: 3, burst_unit: "kbytes", inv: true },
        },
      ],
    ],
    [
      "refusals",
      [is(field("ip", "saddr"), "10.0.0.1"), { reject: { type: "icmp", expr: "host-prohibited" } }],
    ],
    ["a log", [{ log: { prefix: "x ", level: "info", flags: ["skuid", "ether"] } }]],
    ["a queue", [{ queue: { num: { range: [1, 3] }, flags: ["bypass", "fanout"] } }]],
    [
      "the hardware address of a frame",
      [is(field("ether", "saddr"), "02:00:00:00:00:01"), is(field("ip", "ttl"), 5)],
      "bridge",
    ],
  ])("%s", (_, statements, family) => {
    expect(roundTrip(statements, family)).toEqual(statements);
  });
});

test("any set of ports, in order and apart", () => {
  const ports = fc
    .uniqueArray(fc.integer({ min: 0, max: 65_535 }), { minLength: 2, maxLength: 20 })
    .map((all) => all.sort((a, b) => a - b));
  fc.assert(
    fc.property(ports, fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), (all, joined) => {
      const set: (number | { range: [number, number] })[] = [];
      for (let at = 0; at < all.length; at++) {
        const next = all[at + 1];
        if (joined[at] && next !== undefined) {
          set.push({ range: [all[at]!, next] });
          at++;
        } else set.push(all[at]!);
      }
      const statements = [is(field("udp", "sport"), { set })];
      expect(roundTrip(statements)).toEqual(statements);
    }),
  );
});

test("an expression without a word for it leaves the rule as it is", () => {
  const expressions = [
    { name: "numgen", data: { dreg: "reg-1", modulus: 2 } },
    { name: "immediate", data: { dreg: "reg-verdict", data: { verdict: { code: "accept" } } } },
  ] as Expr[];
  expect(roundTrip(expressions)).toEqual(expressions);
});

test("headers that exclude each other are refused", () => {
  const both = [is(field("ip", "saddr"), "10.0.0.1"), is(field("ip6", "saddr"), "fd00::1")];
  expect(() => roundTrip(both)).toThrow(/expr\[1\]\.match\.left/);
});
