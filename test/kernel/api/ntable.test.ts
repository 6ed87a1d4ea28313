import { beforeAll, describe, expect, test } from "vitest";
import { failureOf, stage } from "../support/observer.ts";

const here = stage("ntable");
const { observer } = here;

beforeAll(async () => {
  await here.ns.link.add({ ifname: "n0", kind: "veth", up: true, peer: { ifname: "n1", up: true } });
});

/** The time in use is a random one, drawn anew now and then. */
const steady = { reachable: expect.any(Number), refcnt: expect.any(Number) };
const shown = (filter: string) =>
  observer.ipJson(`ntable show ${filter}`).map((table) => ({ ...table, ...steady }));
const arp = { family: "inet", name: "arp_cache", dev: "n0" } as const;

test("lists what ip lists", async () => {
  for (const dev of ["n0", "n1", "lo"]) {
    const found = await here.ns.ntable.list({ dev });
    expect(found).toHaveLength(2);
    expect(found).toMatchObject(shown(`dev ${dev}`));
  }
  const [table] = await here.ns.ntable.list({ family: "inet", name: "arp_cache" });
  expect(table).toMatchObject({ thresh1: expect.any(Number), gcInterval: expect.any(Number) });
  expect(table).not.toHaveProperty("dev");
});

test("what the library changes is seen by ip, and back", async () => {
  await here.ns.ntable.change(arp, {
    baseReachable: 20000,
    retrans: 500,
    queue: 50,
    ucastProbes: 5,
    proxyQueue: 9,
  });
  expect(observer.ipJson("ntable show dev n0 name arp_cache")).toMatchObject([
    { baseReachable: 20000, retrans: 500, queue: 50, ucastProbes: 5, proxyQueue: 9, locktime: 1000 },
  ]);
  observer.ip(
    "ntable change name arp_cache dev n0 locktime 2000 mcast_probes 7 delay_probe 3000 gc_stale 40000",
  );
  expect(await here.ns.ntable.list(arp)).toMatchObject([
    { baseReachable: 20000, locktime: 2000, mcastProbes: 7, delayProbe: 3000, gcStale: 40000 },
  ]);
});

describe("what cannot be is refused with its field", () => {
  test.each<[object, object, object]>([
    [arp, { retrans: -1 }, { name: "InputError", path: "retrans" }],
    [arp, { retrans: 1.5 }, { name: "InputError", path: "retrans" }],
    [arp, { ucastProbes: "3" }, { name: "InputError" }],
    [{ ...arp, dev: "nope" }, { retrans: 5 }, { code: "ENODEV", path: "dev" }],
    [{ ...arp, name: "nope" }, { retrans: 5 }, { code: "ENOENT", path: "name" }],
  ])("%o %o", async (table, settings, expected) => {
    expect(await failureOf(() => here.ns.ntable.change(table as typeof arp, settings))).toMatchObject(
      expected,
    );
  });
});

test("alternative names of a link", async () => {
  await here.ns.link.property.add("n1", { altname: ["a-name-longer-than-sixteen-bytes", "short"] });
  expect(observer.ipJson("link show n1")[0]!.altnames).toEqual(["a-name-longer-than-sixteen-bytes", "short"]);
  observer.ip("link property add dev n1 altname third");
  expect((await here.ns.link.get("n1")).altnames).toContain("third");
  await here.ns.link.property.delete("a-name-longer-than-sixteen-bytes", { altname: ["short", "third"] });
  expect(observer.ipJson("link show n1")[0]!.altnames).toEqual(["a-name-longer-than-sixteen-bytes"]);
  const taken = await failureOf(() => here.ns.link.property.add("n0", { altname: "n1" }));
  expect(taken).toMatchObject({ code: "EEXIST", path: "altname" });
  const gone = await failureOf(() => here.ns.link.property.add("nope", { altname: "x" }));
  expect(gone).toMatchObject({ code: "ENODEV", path: "dev" });
});
