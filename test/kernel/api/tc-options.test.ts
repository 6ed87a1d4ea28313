/**
 * Options of queueing disciplines and classes: what tc made is read as it was said, and what the library makes of the
 * same words is to tc what tc made.
 */
import { afterEach, describe, expect, test } from "vitest";
import type { TcClassAdd } from "../../../src/api/class/class.ts";
import { full, onlyFull } from "../support/full.ts";
import { classes, qdiscs } from "./tc-cases.ts";
import { expectRead, tcStage } from "./tc-stage.ts";

describe.skipIf(!full)(`options of tc${full ? "" : onlyFull}`, () => {
  const it = tcStage("tcoptions");

  afterEach(() => it.tryTc("qdisc del dev d0 root"));

  /** Without what differs each time, and with fractions as tc prints them. */
  const steady = (found: object | undefined) =>
    JSON.parse(
      JSON.stringify(found ?? null, (field, value) =>
        field === "seed" ? 0 : typeof value === "number" ? Number(value.toPrecision(6)) : value,
      ),
    );

  test.each(qdiscs)("qdisc $make", async ({ make, reads, ...qdisc }) => {
    it.tc(`qdisc add dev d0 root handle 1: ${make}`);
    const show = () => it.tc("-d qdisc show dev d0 root");
    const list = async () => (await it.ns.qdisc.list({ dev: "d0", parent: "root" }))[0];
    const [printed, found] = [show(), await list()];
    expect(found).toMatchObject({ kind: qdisc.kind, handle: "1:", root: true });
    expectRead(found?.options ?? {}, reads ?? qdisc.options ?? {});
    it.tc("qdisc del dev d0 root");
    await it.ns.qdisc.add("d0", { handle: "1:", ...qdisc });
    expect(show()).toBe(printed);
    expect(steady(await list())).toEqual(steady(found));
  });

  test.each(classes)("class $make", async ({ below, make, reads, differs, ...tcClass }) => {
    it.tc(`qdisc add dev d0 root handle 1: ${below}`);
    it.tc(`class add dev d0 parent 1: classid 1:1 ${make}`);
    const show = () => it.tc("-d class show dev d0 classid 1:1");
    const list = async () => (await it.ns.class.list("d0", { classid: "1:1" }))[0];
    const [printed, found] = [show(), await list()];
    expect(found).toMatchObject({ kind: tcClass.kind, classid: "1:1" });
    expectRead(found?.options ?? {}, reads ?? tcClass.options ?? {});
    it.tc("class del dev d0 classid 1:1");
    await it.ns.class.add("d0", { classid: "1:1", ...tcClass } as TcClassAdd);
    if (differs)
      return expectRead((await list())?.options, { ...tcClass.options, burst: 1920, cburst: 1920 });
    expect(show()).toBe(printed);
    expect(await list()).toEqual(found);
  });

  test("a virtual queue of gred", async () => {
    it.tc("qdisc add dev d0 root handle 1: gred setup vqs 4 default 1 grio");
    const show = () => it.tc("-d qdisc show dev d0 root");
    const change = "limit 60000 min 15000 max 25000 avpkt 1000 burst 20 bandwidth 10mbit probability 0.1";
    it.tc(`qdisc change dev d0 root gred DP 2 prio 3 ${change}`);
    const list = async () => (await it.ns.qdisc.list({ dev: "d0", parent: "root" }))[0]?.options;
    const [printed, found] = [show(), await list()];
    expectRead(found, {
      vqs: [{ vq: 2, prio: 3, limit: 60_000, min: 15_000, max: 25_000, probability: 0.1 }],
    });
    it.tc("qdisc del dev d0 root");
    await it.ns.qdisc.add("d0", {
      handle: "1:",
      kind: "gred",
      options: { dpCnt: 4, dpDefault: 1, grio: true },
    });
    const queue = { vq: 2, prio: 3, limit: 60_000, min: 15_000, max: 25_000, avpkt: 1000, burst: 20 };
    await it.ns.qdisc.change("d0", {
      kind: "gred",
      options: { vqs: [{ ...queue, bandwidth: 10_000_000, probability: 0.1 }] },
    });
    expect(show()).toBe(printed);
    expect(steady(await list())).toEqual(steady(found));
  });

  test.each([
    ["overhead 24", { overhead: 24 }],
    ["mtu 1600 tsize 512 overhead 24 linklayer atm", { mtu: 1600, overhead: 24, linklayer: "atm" }],
    ["mtu 9000 tsize 256 mpu 84", { mtu: 9000, tsize: 256, mpu: 84 }],
    ["mtu 100000 tsize 16 mpu 84", { mtu: 100_000, tsize: 16, mpu: 84 }],
  ] as const)("a size table: %s", async (said, stab) => {
    it.tc(`qdisc add dev d0 root handle 1: stab ${said} pfifo limit 7`);
    const show = () => it.tc("-d qdisc show dev d0 root");
    const list = async () => (await it.ns.qdisc.list({ dev: "d0", parent: "root" }))[0];
    const [printed, found] = [show(), await list()];
    expect(found).toMatchObject({ stab });
    it.tc("qdisc del dev d0 root");
    await it.ns.qdisc.add("d0", { handle: "1:", kind: "pfifo", options: { limit: 7 }, stab });
    expect(show()).toBe(printed);
    expect(await list()).toEqual(found);
  });

  test("estimates of the rate, of a queueing discipline and a class", async () => {
    const estimator = { interval: 1_000_000, timeConst: 8_000_000 };
    await it.ns.qdisc.add("d0", { handle: "1:", kind: "drr", estimator });
    await it.ns.class.add("d0", { classid: "1:1", kind: "drr", options: { quantum: 3000 }, estimator });
    expect(await it.ns.qdisc.list({ dev: "d0", parent: "root" }, { stats: true })).toMatchObject([
      { rate: 0, pps: 0 },
    ]);
    expect(await it.ns.class.list("d0", {}, { stats: true })).toMatchObject([{ rate: 0, pps: 0 }]);
  });

  test("the band of a class of ets", async () => {
    await it.ns.qdisc.add("d0", { handle: "1:", kind: "ets", options: { bands: 2, quanta: [4000, 3000] } });
    await it.ns.class.change("d0", { classid: "1:1", kind: "ets", options: { quantum: 5000 } });
    expect(it.tc("class show dev d0 classid 1:1")).toContain("quantum 5000");
    expect(await it.ns.class.list("d0", { classid: "1:1" })).toMatchObject([{ options: { quantum: 5000 } }]);
  });
});
