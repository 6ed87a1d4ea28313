/** `ns.nft` against nft(8), which reads what the library wrote and writes what the library reads. */
import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Netns } from "../../../src/api/netns/netns.ts";
import type { NftObject, Statement } from "../../../src/api/nft/json.ts";
import { BatchError, InputError } from "../../../src/netlink/errors.ts";
import type { KernelError } from "../../../src/netlink/kernel-error.ts";
import { missing } from "../../support/programs.ts";
import { ruleset } from "./nft-ruleset.ts";

const noNft = missing("nft");

let ns: Netns;
beforeEach(async () => {
  ns = await Netns.anonymous();
});
afterEach(() => ns.close());

const nft = (args: string[], input = "") =>
  ns.run(() => execFileSync("nft", args, { encoding: "utf8", input }));
const theirs = (): NftObject[] => JSON.parse(nft(["-j", "list", "ruleset"])).nftables.slice(1);
const plain = (objects: readonly object[]) => objects.map((object) => JSON.parse(JSON.stringify(object)));

/** Without the kernel's numbers: order of sets and chains is the kernel's too. */
function comparable(objects: readonly object[]): string[] {
  return plain(objects)
    .map((object) => {
      const [inner] = Object.values(object) as [Record<string, unknown>];
      delete inner.handle;
      return JSON.stringify(object);
    })
    .sort();
}

const table = { table: { family: "inet", name: "t" } } as const;
const chain = { chain: { family: "inet", table: "t", name: "c" } } as const;
const rule = (...expr: Statement[]) => ({ rule: { family: "inet", table: "t", chain: "c", expr } }) as const;

describe.skipIf(noNft !== "")(`as nft${noNft}`, () => {
  test("reads its ruleset", async () => {
    nft(["-f", "-"], ruleset);
    const ours = plain(await ns.nft.list());
    const byName = (object: object) => JSON.stringify(object);
    expect(ours.sort((a, b) => byName(a).localeCompare(byName(b)))).toEqual(
      theirs().sort((a, b) => byName(a).localeCompare(byName(b))),
    );
    expect(ours.length).toBeGreaterThan(50);
  });

  test("writes what it printed, so that it prints the same", async () => {
    nft(["-f", "-"], ruleset);
    const before = theirs();
    await ns.nft.flush({ ruleset: null });
    expect(theirs()).toEqual([]);
    // Chains and sets come before the rules that name them.
    const order = ["table", "chain", "set", "map", "rule"];
    const kind = (object: object) => order.indexOf(Object.keys(object)[0]!);
    await ns.nft.add(...[...before].sort((a, b) => kind(a) - kind(b)));
    expect(comparable(theirs())).toEqual(comparable(before));
  });
});

describe("a ruleset", () => {
  test("is listed as it was added", async () => {
    const objects: NftObject[] = [
      table,
      chain,
      {
        chain: {
          family: "inet",
          table: "t",
          name: "in",
          type: "filter",
          hook: "input",
          prio: -5,
          policy: "drop",
        },
      },
      {
        set: {
          family: "inet",
          table: "t",
          name: "s",
          type: "ipv4_addr",
          flags: ["interval"],
          elem: [{ prefix: { addr: "10.0.0.0", len: 8 } }],
        },
      },
      rule(
        { match: { op: "==", left: { payload: { protocol: "ip", field: "saddr" } }, right: "@s" } },
        {
          match: {
            op: "==",
            left: { payload: { protocol: "tcp", field: "dport" } },
            right: { set: [22, { range: [80, 90] }] },
          },
        },
        { counter: { packets: 0, bytes: 0 } },
        { accept: null },
      ),
      rule(
        { match: { op: "in", left: { ct: { key: "state" } }, right: ["established", "related"] } },
        { accept: null },
      ),
    ];
    await ns.nft.add(...objects);
    expect(comparable(await ns.nft.list())).toEqual(comparable(objects));
  });

  test("with an expression that has no statement is its expressions, and can be written again", async () => {
    const raw: Statement[] = [
      { name: "quota", data: { bytes: 1_000_000n } },
      { name: "numgen", data: { dreg: "reg-1", modulus: 2, type: "random", offset: 0 } },
      { accept: null },
    ];
    await ns.nft.add(table, chain, rule(...raw));
    const [listed] = (await ns.nft.list({ chain: "c" })).filter((object) => "rule" in object);
    const { expr } = (listed as { rule: { expr: Statement[] } }).rule;
    expect(expr[0]).toMatchObject({ name: "quota", data: { bytes: 1_000_000n } });
    expect(expr[1]).toMatchObject({ name: "numgen", data: { modulus: 2 } });
    await ns.nft.add(rule(...expr));
    const rules = (await ns.nft.list()).flatMap((object) => ("rule" in object ? [object.rule.expr] : []));
    expect(rules[1]).toEqual(rules[0]);
  });

  test("changes whole or not at all", async () => {
    const broken = { chain: { family: "inet", table: "nowhere", name: "c" } } as const;
    const error = await ns.nft.add(table, broken, chain).catch((reason) => reason);
    expect(error).toBeInstanceOf(BatchError);
    expect(error.errors).toHaveLength(1);
    expect(error.errors[0].index).toBe(1);
    expect((error.errors[0].error as KernelError).code).toBe("ENOENT");
    expect(await ns.nft.list()).toEqual([]);
  });

  test("takes rules at a place, others in their place, and gives them up", async () => {
    const comment = (text: string) => ({ rule: { ...rule({ accept: null }).rule, comment: text } });
    const order = async () =>
      (await ns.nft.list()).flatMap((object) => ("rule" in object ? [object.rule] : []));
    await ns.nft.add(table, chain, comment("b"), comment("d"));
    const [b, d] = await order();
    await ns.nft.insert(comment("a"));
    await ns.nft.add({ rule: { ...comment("c").rule, position: b!.handle! } });
    expect((await order()).map((one) => one.comment)).toEqual(["a", "b", "c", "d"]);
    await ns.nft.replace({ rule: { ...comment("e").rule, handle: d!.handle! } });
    await ns.nft.delete({ rule: { family: "inet", table: "t", chain: "c", handle: b!.handle! } });
    expect((await order()).map((one) => one.comment)).toEqual(["a", "c", "e"]);
    await ns.nft.flush({ chain: chain.chain });
    expect(await order()).toEqual([]);
  });

  test("elements come and go", async () => {
    const set = { family: "inet", table: "t", name: "s" } as const;
    await ns.nft.add(table, { set: { ...set, type: "inet_service" } });
    await ns.nft.add({ element: { ...set, elem: [80, 443, 8080] } });
    await ns.nft.delete({ element: { ...set, elem: [443] } });
    const [listed] = (await ns.nft.list()).filter((object) => "set" in object);
    expect((listed as { set: { elem: unknown } }).set.elem).toEqual([80, 8080]);
  });

  test.each<[string, Statement[], string]>([
    [
      "a field",
      [{ match: { op: "==", left: { payload: { protocol: "ip", field: "source" } }, right: "1.2.3.4" } }],
      "[0].rule.expr[0].match.left.payload.field",
    ],
    [
      "an address",
      [{ match: { op: "==", left: { payload: { protocol: "ip", field: "saddr" } }, right: "1.2.3" } }],
      "[0].rule.expr[0].match.right",
    ],
    [
      "a port",
      [
        { accept: null },
        { match: { op: "==", left: { payload: { protocol: "tcp", field: "dport" } }, right: 70_000 } },
      ],
      "[0].rule.expr[1].match.right",
    ],
    [
      "an operator",
      [{ match: { op: "=" as "==", left: { meta: { key: "mark" } }, right: 1 } }],
      "[0].rule.expr[0].match.op",
    ],
    ["a statement", [{ acept: null } as unknown as Statement], "[0].rule.expr[0]"],
  ])("%s that is wrong is refused with its path", async (_, expr, path) => {
    await ns.nft.add(table, chain);
    const error = await ns.nft.add(rule(...expr)).catch((reason) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect(error.path).toBe(path);
    expect((await ns.nft.list()).some((object) => "rule" in object)).toBe(false);
  });
});
