/** Queueing disciplines, classes and filters in tc's words, with tc as the observer. */
import { execFileSync, spawnSync } from "node:child_process";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { failureOf, type Json, stage } from "../support/observer.ts";

const probe = `nlkit-qdisc-${process.pid}-probe`;

function supported(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  if (spawnSync("ip", ["netns", "add", probe]).status !== 0) return false;
  try {
    return [
      ["ip", "-n", probe, "link", "add", "d0", "type", "dummy"],
      ["tc", "-n", probe, "qdisc", "add", "dev", "d0", "root", "handle", "1:", "drr"],
      ["tc", "-n", probe, "qdisc", "add", "dev", "d0", "clsact"],
    ].every(([program, ...args]) => spawnSync(program!, args).status === 0);
  } finally {
    spawnSync("ip", ["netns", "del", probe]);
  }
}

const here = supported();

describe.skipIf(!here)(
  `tc${here ? "" : " (skipped: no dummy links, drr or clsact here, or not root)"}`,
  () => {
    const it = stage("qdisc");

    const tc = (command: string) =>
      execFileSync("tc", ["-n", it.name, ...command.split(" ")], { encoding: "utf8", stdio: "pipe" });
    const json = (command: string) => JSON.parse(tc(`-j -d ${command}`)) as Json[];

    beforeAll(async () => {
      it.observer.ip("link add d0 type dummy");
      it.observer.ip("link set d0 up");
    });

    afterEach(() => {
      for (const where of ["root", "clsact"])
        spawnSync("tc", ["-n", it.name, "qdisc", "del", "dev", "d0", where]);
    });

    test("a queueing discipline is added, changed, replaced and deleted", async () => {
      const { qdisc } = it.ns;
      await qdisc.add("d0", {
        handle: "1:",
        kind: "fq_codel",
        options: { limit: 1000, target: 4096, ecn: false },
      });
      expect(json("qdisc show dev d0 root")).toMatchObject([
        { kind: "fq_codel", handle: "1:", root: true, options: { limit: 1000, target: 4096 } },
      ]);
      await qdisc.change("d0", { kind: "fq_codel", options: { limit: 500 } });
      expect(json("qdisc show dev d0 root")[0]!.options.limit).toBe(500);
      const [found] = await qdisc.list({ dev: "d0", parent: "root" }, { stats: true });
      expect(found).toMatchObject({
        dev: "d0",
        kind: "fq_codel",
        handle: "1:",
        root: true,
        refcnt: 2,
        options: { limit: 500, target: 4096, ecn: false },
        bytes: 0,
        packets: 0,
        drops: 0,
        xstats: { type: 0, maxpacket: 0 },
      });
      const again = await failureOf(() => qdisc.add("d0", { handle: "1:", kind: "fq_codel" }));
      expect(again).toMatchObject({ code: "EEXIST" });
      await qdisc.replace("d0", { handle: "2:", kind: "pfifo", options: { limit: 7 } });
      expect(json("qdisc show dev d0 root")).toMatchObject([
        { kind: "pfifo", handle: "2:", options: { limit: 7 } },
      ]);
      await qdisc.delete("d0");
      expect((await qdisc.list({ dev: "d0" })).map(({ kind }) => kind)).toEqual(["noqueue"]);
    });

    test("clsact needs no handle, and rates are bits a second", async () => {
      const { qdisc } = it.ns;
      await qdisc.add("d0", { kind: "clsact" });
      expect(json("qdisc show dev d0 clsact")).toMatchObject([{ kind: "clsact", handle: "ffff:" }]);
      await qdisc.add("d0", { handle: "1:", kind: "cake", options: { bandwidth: 10_000_000, rtt: 50_000 } });
      expect(json("qdisc show dev d0 root")).toMatchObject([
        { kind: "cake", options: { bandwidth: 1_250_000, rtt: 50_000 } },
      ]);
      expect(await qdisc.list({ dev: "d0" })).toMatchObject([
        { kind: "cake", options: { bandwidth: 10_000_000 } },
        { kind: "clsact", handle: "ffff:", parent: "ingress" },
      ]);
      await qdisc.delete("d0", { parent: "clsact" });
      expect(json("qdisc show dev d0")).toHaveLength(1);
    });

    test("classes with queueing disciplines of their own", async () => {
      const { ns } = it;
      await ns.qdisc.add("d0", { handle: "1:", kind: "drr" });
      await ns.class.add("d0", { classid: "1:10", kind: "drr", options: { quantum: 3000 } });
      await ns.class.add("d0", { classid: "1:20", kind: "drr", options: { quantum: 2000 } });
      await ns.qdisc.add("d0", { parent: "1:10", handle: "10:", kind: "pfifo", options: { limit: 5 } });
      await ns.class.change("d0", { classid: "1:20", kind: "drr", options: { quantum: 2500 } });
      expect(tc("class show dev d0 classid 1:20")).toContain("quantum 2500b");
      expect(await ns.class.list("d0", {}, { stats: true })).toMatchObject([
        {
          dev: "d0",
          classid: "1:10",
          root: true,
          leaf: "10:",
          kind: "drr",
          options: { quantum: 3000 },
          bytes: 0,
        },
        { classid: "1:20", options: { quantum: 2500 } },
      ]);
      expect((await ns.qdisc.list({ dev: "d0", parent: "1:10" }))[0]).toMatchObject({
        kind: "pfifo",
        handle: "10:",
        parent: "1:10",
      });
      await ns.class.delete("d0", { classid: "1:20" });
      expect(await ns.class.list("d0", { classid: "1:20" })).toEqual([]);
      expect(await failureOf(() => ns.class.delete("d0", { classid: "1:20" }))).toMatchObject({
        code: "ENOENT",
      });
    });

    test("filters with actions", async () => {
      const { ns } = it;
      await ns.qdisc.add("d0", { kind: "clsact" });
      const drop = [{ kind: "gact" as const, controlAction: { type: "drop" as const } }];
      await ns.filter.add("d0", {
        parent: "ingress",
        protocol: "ip",
        pref: 5,
        kind: "flower",
        options: { keys: { srcIp: "10.0.0.0/8" }, actions: drop },
      });
      expect(json("filter show dev d0 ingress").at(-1)).toMatchObject({
        protocol: "ip",
        pref: 5,
        kind: "flower",
        chain: 0,
        options: {
          keys: { eth_type: "ipv4", src_ip: "10.0.0.0/8" },
          actions: [{ kind: "gact", control_action: { type: "drop" } }],
        },
      });
      await ns.filter.add("d0", {
        parent: "egress",
        pref: 7,
        chain: 3,
        kind: "matchall",
        options: { actions: drop },
      });
      expect(await ns.filter.list("d0", { parent: "ingress" })).toMatchObject([
        {
          protocol: "ip",
          pref: 5,
          chain: 0,
          handle: 1,
          kind: "flower",
          options: { keys: { srcIp: "10.0.0.0/8" } },
        },
      ]);
      expect(await ns.filter.list("d0", { parent: "egress" })).toMatchObject([
        { protocol: "all", pref: 7, chain: 3, kind: "matchall", options: { actions: drop } },
      ]);
      // The kernel refuses another mask (EINVAL).
      await ns.filter.replace("d0", {
        parent: "ingress",
        protocol: "ip",
        pref: 5,
        handle: 1,
        kind: "flower",
        options: { keys: { srcIp: "11.0.0.0/8" }, actions: drop },
      });
      expect(json("filter show dev d0 ingress").at(-1)!.options.keys.src_ip).toBe("11.0.0.0/8");
      await ns.filter.flush("d0", { parent: "ingress" });
      expect(json("filter show dev d0 ingress")).toEqual([]);
    });

    test("what is refused says where", async () => {
      const { qdisc, filter } = it.ns;
      expect(await failureOf(() => qdisc.add("d0", { handle: "one", kind: "drr" }))).toMatchObject({
        code: "ERR_INVALID_ARG_VALUE",
        path: "handle",
      });
      expect(
        await failureOf(() => qdisc.add("d0", { kind: "fq_codel", options: { limit: -1 } })),
      ).toMatchObject({ path: "options.limit" });
      expect(await failureOf(() => qdisc.add("nope", { kind: "drr" }))).toMatchObject({
        code: "ENODEV",
        path: "dev",
      });
      expect(
        await failureOf(() => filter.add("d0", { parent: "ingress", protocol: "nope", kind: "matchall" })),
      ).toMatchObject({ path: "protocol" });
    });
  },
);
