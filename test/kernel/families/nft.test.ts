/** nf_tables: a broad ruleset that nft made is listed, deleted, and made again of what was listed; nft sees the same. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "../../../src/netlink/client.ts";
import { NLM_F_CREATE } from "../../../src/netlink/constants.ts";
import type { Request } from "../../../src/netlink/request.ts";
import { batchBegin, batchEnd, listHooks } from "../../../src/nfnetlink/index.ts";
import {
  delTable,
  getGeneration,
  getRule,
  getTable,
  listChains,
  listFlowtables,
  listObjects,
  listRules,
  listSetElements,
  listSets,
  listTables,
  netfilter,
  newChain,
  newFlowtable,
  newObject,
  newRule,
  newSet,
  newSetElements,
  newTable,
  type SetElement,
} from "../../../src/nft/index.ts";
import { missing } from "../../support/programs.ts";
import { full, onlyFull } from "../support/full.ts";
import { type Json, stage } from "../support/observer.ts";

const here = stage("nft");
const frame = { begin: batchBegin("nftables"), end: batchEnd("nftables") };
const source = resolve(import.meta.dirname, "../../fixtures/families/ruleset.nft");

let client: Client;
beforeAll(() => {
  client = new Client({ protocol: netfilter, netns: here.ns.fd });
});
afterAll(() => client?.close());

const inside = (...command: string[]) =>
  execFileSync("nsenter", [`--net=/run/netns/${here.name}`, ...command], { encoding: "utf8", stdio: "pipe" });
const nft = (...args: string[]) => inside("nft", ...args);

/** What nft lists, without what the kernel chooses. */
function ruleset(): Json[] {
  const volatile = new Set(["handle", "expires"]);
  const text = nft("-j", "list", "ruleset");
  const { nftables } = JSON.parse(text, (key, value) => (volatile.has(key) ? undefined : value)) as Json;
  return (nftables as Json[]).filter((entry) => !("metainfo" in entry));
}

/** The ruleset without the lines that this kernel refuses. */
function load(): void {
  const lines = readFileSync(source, "utf8").split("\n");
  const file = join(tmpdir(), `nlkit-${process.pid}.nft`);
  for (;;) {
    writeFileSync(file, lines.join("\n"));
    try {
      nft("--file", file);
      return;
    } catch (error) {
      const refused = Number(/\.nft:(\d+)/.exec(String((error as Json).stderr))?.[1]) - 1;
      if (!lines[refused]?.trim()) throw error;
      lines[refused] = "";
    }
  }
}

const noNft = missing("nft");

describe.skipIf(noNft !== "")(`a ruleset${noNft}`, () => {
  test("is made again of what was listed", async () => {
    inside("ip", "link", "set", "lo", "up");
    load();
    const before = ruleset();
    expect(before.length).toBeGreaterThan(80);
    const tables = await client.list(listTables());
    const chains = await client.list(listChains());
    const sets = await client.list(listSets());
    const flowtables = await client.list(listFlowtables());
    const rules = await client.list(listRules());
    const objects = await client.list(listObjects());
    const elements = [];
    for (const { nfgenFamily, table, name } of sets) {
      const parts = await client.list(listSetElements({ nfgenFamily, table, set: name }));
      elements.push(parts.flatMap((part) => part.elements ?? []));
    }

    await client.transaction(
      tables.map(({ nfgenFamily, name }) => delTable({ nfgenFamily, name })),
      frame,
    );
    expect(await client.list(listTables())).toEqual([]);

    const again: Request<never>[] = [
      ...tables.map(({ handle, use, ...table }) => newTable(table)),
      ...objects.map(({ handle, use, ...object }) => newObject(object)),
      ...chains.map(({ handle, use, counters, ...chain }) =>
        newChain({ ...chain, hook: chain.hook && { ...chain.hook, dev: undefined } }),
      ),
      ...flowtables.map(({ handle, use, ...flowtable }) => newFlowtable(flowtable)),
    ];
    for (const [index, { handle, count, type, ...set }] of sets.entries()) {
      const { nfgenFamily, table, name } = set;
      // A rule claims an anonymous set of its batch by number.
      const id = index + 1;
      again.push(newSet({ ...set, id, name: set.flags?.includes("anonymous") ? anonymous(name!) : name }));
      const list = elements[index]!.map(({ expiration, ...element }) => timed(element));
      if (list.length > 0)
        again.push(newSetElements({ nfgenFamily, table, set: name, setId: id, elements: list }));
    }
    for (const { handle, position, ...rule } of rules) {
      again.push(
        newRule({ ...rule, expressions: rule.expressions?.map((expr) => claiming(expr, rule.table!)) }),
      );
    }
    function claiming(expr: NonNullable<(typeof rules)[0]["expressions"]>[0], table: string): typeof expr {
      // The kernel tells of no flags, and refuses to be told so.
      const told = expr.data as { flags?: readonly unknown[]; sreg?: unknown };
      const refused = expr.name === "osf" || (expr.name === "exthdr" && told.sreg !== undefined);
      if (refused && told.flags?.length === 0)
        return { ...expr, data: { ...told, flags: undefined } } as typeof expr;
      if (expr.name !== "lookup" || expr.data instanceof Uint8Array) return expr;
      const index = sets.findIndex((set) => set.table === table && set.name === expr.data!.set);
      return { name: "lookup", data: { ...expr.data, setId: index + 1 } };
    }
    await client.transaction(again, frame);
    const after = ruleset();
    expect(sorted(after)).toEqual(sorted(before));
  });

  /** The name that the kernel numbers. */
  const anonymous = (name: string) => name.replace(/\d+$/, "%d");
  /** The end of an interval takes no time of its own. */
  const timed = (element: SetElement): SetElement =>
    element.flags?.includes("interval-end") ? { ...element, timeout: undefined } : element;
  const sorted = (list: readonly Json[]) => list.map((entry) => JSON.stringify(entry)).sort();
});

describe.skipIf(noNft !== "")(`requests${noNft}`, () => {
  test("one object, the generation, what is missing", async () => {
    await client.transaction([newTable({ nfgenFamily: "inet", name: "one" })], frame);
    expect(await client.request(getTable({ nfgenFamily: "inet", name: "one" }))).toMatchObject({
      name: "one",
      use: 0,
    });
    const generation = await client.request(getGeneration());
    expect(generation!.id).toBeGreaterThan(0);
    await expect(client.request(getTable({ nfgenFamily: "inet", name: "two" }))).rejects.toMatchObject({
      code: "ENOENT",
      request: "NFT_MSG_GETTABLE",
      path: "name",
    });
    const stale = { begin: batchBegin("nftables", generation!.id! - 1), end: batchEnd("nftables") };
    await expect(
      client.transaction([delTable({ nfgenFamily: "inet", name: "one" })], stale),
    ).rejects.toMatchObject({ code: "ERESTART" });
    expect(await client.list(listTables())).not.toEqual([]);
    await client.transaction([delTable({ nfgenFamily: "inet", name: "one" })], frame);
  });

  test("a rule made here is what nft says it is", async () => {
    const where = { nfgenFamily: "ipv4", table: "ours" } as const;
    await client.transaction(
      [
        newTable({ nfgenFamily: "ipv4", name: "ours" }),
        newChain({
          ...where,
          name: "in",
          type: "filter",
          hook: { num: 1, priority: -7 },
          policy: "drop",
        }),
        newRule({
          ...where,
          chain: "in",
          expressions: [
            { name: "payload", data: { dreg: "reg-1", base: "network-header", offset: 12, len: 4 } },
            { name: "cmp", data: { sreg: "reg-1", op: "eq", data: { value: Uint8Array.of(192, 0, 2, 1) } } },
            { name: "counter", data: { packets: 3n, bytes: 99n } },
            { name: "immediate", data: { dreg: "reg-verdict", data: { verdict: { code: "accept" } } } },
          ],
        }),
      ],
      frame,
    );
    expect(nft("list", "table", "ip", "ours").replace(/\s+/g, " ").trim()).toBe(
      "table ip ours { chain in { type filter hook input priority filter - 7; policy drop; " +
        "ip saddr 192.0.2.1 counter packets 3 bytes 99 accept } }",
    );
    const [rule] = await client.list(listRules({ ...where, chain: "in" }));
    expect(await client.request(getRule({ ...where, chain: "in", handle: rule!.handle }))).toEqual({
      ...rule,
      resId: expect.any(Number),
    });
    await client.transaction([delTable({ nfgenFamily: "ipv4", name: "ours" })], frame);
  });

  test.skipIf(!full)(`hooks name the chain that they call${full ? "" : onlyFull}`, async () => {
    const where = { nfgenFamily: "ipv4", table: "ours" } as const;
    const hook = { num: 1, priority: -7 };
    await client.transaction(
      [
        newTable({ nfgenFamily: "ipv4", name: "ours" }),
        newChain({ ...where, name: "in", type: "filter", hook }),
      ],
      frame,
    );
    const hooks = await client.list(listHooks({ nfgenFamily: "ipv4", hooknum: 1 }));
    expect(hooks).toContainEqual(
      expect.objectContaining({
        priority: -7,
        chainInfo: { type: "nftables", desc: { table: "ours", family: "ipv4", name: "in" } },
      }),
    );
    await client.transaction([delTable({ nfgenFamily: "ipv4", name: "ours" })], frame);
  });

  test("a notification is what was made", async () => {
    await using notifications = client.subscribe([7]);
    await client.transaction([newTable({ nfgenFamily: "inet", name: "told" }, NLM_F_CREATE)], frame);
    for await (const { type, value } of notifications) {
      if (type !== "NFT_MSG_NEWTABLE") continue;
      expect(value).toMatchObject({ name: "told", nfgenFamily: "inet" });
      break;
    }
    await client.transaction([delTable({ nfgenFamily: "inet", name: "told" })], frame);
  });
});
