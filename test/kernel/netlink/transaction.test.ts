/** Transactions: nf_tables does all of a batch, or nothing. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Netns } from "../../../src/api/netns/netns.ts";
import { Client } from "../../../src/netlink/client.ts";
import { BatchError, InputError } from "../../../src/netlink/errors.ts";
import { KernelError } from "../../../src/netlink/kernel-error.ts";
import { batchBegin, batchEnd } from "../../../src/nfnetlink/index.ts";
import {
  delTable,
  getGeneration,
  listTables,
  netfilter,
  newChain,
  newRule,
  newTable,
} from "../../../src/nft/index.ts";

const frame = { begin: batchBegin("nftables"), end: batchEnd("nftables") };
const table = (name: string) => newTable({ nfgenFamily: "ipv4", name });

let ns: Netns;
let client: Client;
beforeEach(async () => {
  ns = await Netns.anonymous();
  client = new Client({ protocol: netfilter, netns: ns.fd });
});
afterEach(() => {
  client.close();
  ns.close();
});

const names = async () => (await client.list(listTables())).map(({ name }) => name);

describe("a transaction", () => {
  test("is done whole", async () => {
    await client.transaction([table("one"), table("two")], frame);
    expect(await names()).toEqual(["one", "two"]);
  });

  test("is not done at all where one request is refused, and says which", async () => {
    const bad = newChain({ nfgenFamily: "ipv4", table: "nowhere", name: "c" });
    const rule = newRule({ nfgenFamily: "ipv4", table: "one", chain: "nowhere" });
    const refused = client.transaction([table("one"), bad, rule, table("two")], frame);
    const error = (await refused.catch((reason) => reason)) as BatchError;
    expect(error).toBeInstanceOf(BatchError);
    expect(error.errors.map(({ index, error }) => [index, (error as KernelError).code])).toEqual([
      [1, "ENOENT"],
      [2, "ENOENT"],
    ]);
    expect((error.errors[0]!.error as KernelError).path).toBe("table");
    expect(await names()).toEqual([]);
  });

  test("one after the other, the last of one failing, leaves the next alone", async () => {
    await client.transaction([table("one")], frame);
    const twice = client.transaction([table("two"), delTable({ nfgenFamily: "ipv4", name: "three" })], frame);
    await expect(twice).rejects.toThrow(/1 of 2 requests failed; number 1/);
    await client.transaction([table("two")], frame);
    expect(await names()).toEqual(["one", "two"]);
  });

  test("of a generation that is over is refused at its beginning", async () => {
    const { id } = (await client.request(getGeneration()))!;
    await client.transaction([table("one")], { begin: batchBegin("nftables", id), end: frame.end });
    const late = client.transaction([table("two")], { begin: batchBegin("nftables", id), end: frame.end });
    await expect(late).rejects.toThrow(KernelError);
    await expect(late).rejects.toMatchObject({ code: "ERESTART" });
    expect(await names()).toEqual(["one"]);
  });

  test("that is larger than a send is refused before", async () => {
    const many = Array.from({ length: 20_000 }, (_, number) => table(`table${number}`));
    await expect(client.transaction(many, frame)).rejects.toThrow(InputError);
    expect(await names()).toEqual([]);
  });

  test("of nothing sends nothing", async () => {
    await client.transaction([], frame);
  });
});
