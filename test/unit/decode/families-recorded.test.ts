/** What nft, ss, conntrack, ip xfrm, ethtool and pyroute2 were recorded to say: every attribute is known, every byte comes back. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { explainDatagram } from "../../../src/decode/explain.ts";
import { Families } from "../../../src/decode/families.ts";
import { walk } from "../../../src/decode/walk.ts";
import type { ByteOrder } from "../../../src/netlink/codec/byte-order.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { decodePayload, encodePayload } from "../../../src/netlink/codec/message.ts";
import { messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import { typeOf } from "../../../src/netlink/codec/protocol.ts";
import { NLMSG_MIN_TYPE } from "../../../src/netlink/constants.ts";
import type { Chain } from "../../../src/nft/chain/message.ts";
import { expressionKinds } from "../../../src/nft/expressions/index.ts";
import type { Rule } from "../../../src/nft/rule/message.ts";
import type { NftSet } from "../../../src/nft/set/message.ts";
import type { Table } from "../../../src/nft/table/message.ts";
import { hex } from "../../support/wire.ts";

interface Recorded {
  readonly protocol: number;
  readonly direction: "sent" | "received";
  readonly hex: string;
}
// biome-ignore lint/suspicious/noExplicitAny: what nft prints
type Listed = Record<string, Record<string, any>>;
interface Fixture {
  readonly kernel: string;
  readonly byteOrder: ByteOrder;
  readonly nft: { readonly nftables: readonly Listed[] };
  readonly recorded: Readonly<Record<string, readonly Recorded[]>>;
}

const folder = resolve(import.meta.dirname, "../../fixtures/families");
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith(".json"))
  .map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as Fixture);

describe.each(fixtures.map((fixture) => [fixture.kernel, fixture] as const))(
  "kernel %s",
  (_kernel, { byteOrder, nft, recorded }) => {
    const names = Object.keys(recorded).filter((name) => recorded[name]!.length > 0);

    /** The messages of a recording, with their type. */
    function* messages(name: string) {
      const families = new Families();
      for (const { protocol, direction, hex: text } of recorded[name]!) {
        const bytes = hex(text);
        families.learn({ bytes, protocol }, protocol, byteOrder);
        for (const { type, at, payloadLength } of messagesOf(new Input(bytes, { byteOrder }))) {
          if (type < NLMSG_MIN_TYPE) continue;
          const known = typeOf(families.protocolOf(protocol), type, direction === "sent");
          yield { type, direction, known: known!, payload: bytes.slice(at, at + payloadLength) };
        }
      }
    }

    test.each(names)("%s: every attribute is known", (name) => {
      const families = new Families();
      const problems = new Set<string>();
      let count = 0;
      for (const { protocol, direction, hex: text } of recorded[name]!) {
        const bytes = hex(text);
        families.learn({ bytes, protocol }, protocol, byteOrder);
        const told = explainDatagram(bytes, {
          protocol: families.protocolOf(protocol),
          direction,
          byteOrder,
        });
        for (const problem of told.problems) problems.add(problem.text);
        for (const message of told.messages) {
          count++;
          expect(message.constant).toBeDefined();
          for (const { path, text: said } of message.problems)
            problems.add(`${message.constant} ${path}: ${said}`);
        }
      }
      expect([...problems]).toEqual([]);
      expect(count).toBeGreaterThan(1);
    });

    test.each(names)("%s: the bytes come back", (name) => {
      for (const { known, payload } of messages(name)) {
        const value = decodePayload(known.message, payload, { byteOrder, exact: true });
        const again = encodePayload(known.message, value as object, byteOrder);
        expect(Buffer.from(again).toString("hex")).toBe(Buffer.from(payload).toString("hex"));
      }
    });

    const heard = (constant: string) =>
      [...messages("nft list ruleset")]
        .filter(({ known, direction }) => known.constant === constant && direction === "received")
        .map(({ known, payload }) => decodePayload(known.message, payload, { byteOrder }));
    const listed = (kind: string) => nft.nftables.flatMap((entry) => (kind in entry ? [entry[kind]!] : []));
    const family = (name: unknown) => ({ ipv4: "ip", ipv6: "ip6" })[name as string] ?? (name as string);
    const sorted = (list: readonly object[]) =>
      [...new Set(list.map((entry) => JSON.stringify(entry)))].sort();

    test("tables are those that nft lists", () => {
      const ours = (heard("NFT_MSG_NEWTABLE") as Table[]).map((table) => ({
        family: family(table.nfgenFamily),
        name: table.name,
        handle: Number(table.handle),
      }));
      const theirs = listed("table").map(({ family, name, handle }) => ({
        family,
        name,
        handle,
      }));
      expect(sorted(ours)).toEqual(sorted(theirs));
    });

    test("chains are those that nft lists", () => {
      const hooks = ["prerouting", "input", "forward", "output", "postrouting"];
      const netdev = ["ingress", "egress"];
      const arp = ["input", "output"];
      const ours = (heard("NFT_MSG_NEWCHAIN") as Chain[]).map((chain) => {
        const words = chain.nfgenFamily === "netdev" ? netdev : chain.nfgenFamily === "arp" ? arp : hooks;
        return {
          family: family(chain.nfgenFamily),
          table: chain.table,
          name: chain.name,
          handle: Number(chain.handle),
          type: chain.type,
          hook: chain.hook && words[chain.hook.num!],
          prio: chain.hook?.priority,
          policy: chain.policy,
        };
      });
      const theirs = listed("chain").map(({ family, table, name, handle, type, hook, prio, policy }) => ({
        family,
        table,
        name,
        handle,
        type,
        hook,
        prio,
        policy,
      }));
      expect(sorted(ours)).toEqual(sorted(theirs));
    });

    test("sets and maps are those that nft lists", () => {
      const ours = (heard("NFT_MSG_NEWSET") as NftSet[])
        .filter(({ flags }) => !flags?.includes("anonymous"))
        .map((set) => ({
          table: set.table,
          name: set.name,
          handle: Number(set.handle),
          timeout: set.timeout === undefined ? undefined : Number(set.timeout) / 1000,
          size: set.desc?.size,
          interval: set.flags?.includes("interval"),
        }));
      const theirs = [...listed("set"), ...listed("map")].map(
        ({ table, name, handle, timeout, size, flags }) => ({
          table,
          name,
          handle,
          timeout,
          size,
          interval: (flags as string[] | undefined)?.includes("interval"),
        }),
      );
      const plain = (list: typeof ours) => list.map((set) => ({ ...set, interval: set.interval === true }));
      expect(sorted(plain(ours))).toEqual(sorted(plain(theirs)));
    });

    test("rules are those that nft lists, with their counters, limits and verdicts", () => {
      const ours = (heard("NFT_MSG_NEWRULE") as Rule[]).map((rule) => ({
        family: family(rule.nfgenFamily),
        table: rule.table,
        chain: rule.chain,
        handle: Number(rule.handle),
        counters: rule.expressions!.flatMap((expr) =>
          expr.name === "counter" && !(expr.data instanceof Uint8Array)
            ? [{ packets: Number(expr.data!.packets), bytes: Number(expr.data!.bytes) }]
            : [],
        ),
        verdicts: rule.expressions!.flatMap((expr) => {
          if (expr.name !== "immediate" || expr.data instanceof Uint8Array) return [];
          const verdict = expr.data!.data!.verdict;
          return verdict ? [verdict.code] : [];
        }),
      }));
      const words = ["accept", "drop", "return", "jump", "goto", "continue"];
      const theirs = listed("rule").map(({ family, table, chain, handle, expr }) => ({
        family,
        table,
        chain,
        handle,
        counters: (expr as Listed[]).flatMap(({ counter }) =>
          typeof counter === "object" && "packets" in counter
            ? [{ packets: counter.packets, bytes: counter.bytes }]
            : [],
        ),
        verdicts: (expr as Listed[]).flatMap((entry) => words.filter((word) => word in entry)),
      }));
      expect(theirs.length).toBeGreaterThan(60);
      expect(sorted(ours)).toEqual(sorted(theirs as typeof ours));
    });

    test("every expression has a schema", () => {
      const unknown = (heard("NFT_MSG_NEWRULE") as Rule[])
        .flatMap((rule) => rule.expressions!)
        .filter(({ name }) => !Object.hasOwn(expressionKinds, name!));
      expect(unknown).toEqual([]);
    });
  },
);

test("most expressions were recorded", () => {
  const seen = new Set<string>();
  for (const { recorded, byteOrder } of fixtures) {
    for (const { protocol, direction, hex: text } of Object.values(recorded).flat()) {
      const { messages } = explainDatagram(hex(text), {
        protocol: new Families().protocolOf(protocol),
        direction,
        byteOrder,
      });
      for (const { part } of messages.flatMap(({ parts }) => [...walk(parts)])) {
        if (part.constant === "NFTA_EXPR_NAME") seen.add(part.value as string);
      }
    }
  }
  const never = Object.keys(expressionKinds).filter((name) => !seen.has(name));
  // nft 1.0.6 knows none of these; two are those of iptables-nft.
  expect(never).toEqual(["inner", "last", "match", "target", "tunnel"]);
});

test("recorded datagrams with bytes changed, and cut, are explained and never thrown at", () => {
  const all = fixtures.flatMap(({ recorded }) => Object.values(recorded).flat());
  const short = all.filter((entry) => entry.hex.length < 4000);
  const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(
      fc.constantFrom(...short),
      fc.array(change, { maxLength: 4 }),
      fc.nat(),
      (entry, changes, cut) => {
        const bytes = hex(entry.hex);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const part = bytes.subarray(0, cut % (bytes.length + 1));
        const families = new Families();
        for (const changed of [bytes, part]) {
          families.learn({ bytes: changed, protocol: entry.protocol }, entry.protocol, "little");
          const protocol = families.protocolOf(entry.protocol);
          const told = explainDatagram(changed, {
            protocol,
            direction: entry.direction,
            byteOrder: "little",
          });
          for (const { parts } of told.messages) {
            for (const {
              part: { start, end },
            } of walk(parts))
              expect(start <= end && end <= changed.length).toBe(true);
          }
        }
      },
    ),
    { numRuns: 1500 },
  );
});
