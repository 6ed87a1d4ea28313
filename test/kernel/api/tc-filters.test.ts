/** Filters and actions: as of tc, in both directions. */
import koffi from "koffi";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { TcFilterAdd } from "../../../src/api/filter/filter.ts";
import { full, onlyFull } from "../support/full.ts";
import { failureOf } from "../support/observer.ts";
import { actions, filters } from "./tc-cases.ts";
import { expectRead, tcStage } from "./tc-stage.ts";

/** Without the indexes of actions, which are free again only some time after their filter went. */
function unnumbered<T>(found: T): T {
  if (typeof found === "string") return found.replace(/index \d+/g, "index") as T;
  if (Array.isArray(found)) return found.map(unnumbered) as T;
  const options = (found as { options?: { actions?: object[] } } | undefined)?.options;
  for (const action of options?.actions ?? []) Object.assign(action, { index: 0 });
  return found;
}

const pass = { kind: "gact", controlAction: { type: "pass" } } as const;

/** BPF_PROG_TYPE_SCHED_* (linux/bpf.h). */
const PROGRAM_TYPES = { filter: 3, action: 4 };

/** A program that returns 0: bpf(2) BPF_PROG_LOAD. */
function loadProgram(type: keyof typeof PROGRAM_TYPES): number {
  const program = Buffer.from("b700000000000000" + "9500000000000000", "hex");
  const license = Buffer.from("GPL\0");
  const attributes = Buffer.alloc(128);
  attributes.writeUInt32LE(PROGRAM_TYPES[type], 0);
  attributes.writeUInt32LE(program.length / 8, 4);
  attributes.writeBigUInt64LE(koffi.address(program), 8);
  attributes.writeBigUInt64LE(koffi.address(license), 16);
  const syscall = koffi.load("libc.so.6").func("long syscall(long number, int cmd, void *attr, uint size)");
  const fd = Number(syscall(321, 5, attributes, attributes.length));
  if (fd < 0) throw new Error(`bpf: errno ${koffi.errno()}`);
  return fd;
}

describe.skipIf(!full)(`filters and actions of tc${full ? "" : onlyFull}`, () => {
  const it = tcStage("tcfilters");

  afterEach(() => {
    it.tryTc("qdisc del dev d0 clsact");
    it.tryTc("qdisc del dev d1 clsact");
  });

  test.each(actions)("action $make", async ({ make, reads, differs, action }) => {
    const { kind } = action;
    it.tryTc(`actions flush action ${kind}`);
    it.tc(`actions add action ${make}`);
    const show = () => it.tc(`-d actions list action ${kind}`);
    const list = () => it.ns.action.list(kind);
    const [printed, found] = [show(), await list()];
    expect(found).toHaveLength(1);
    expectRead(found[0], { kind, ...(reads ?? action) });
    await it.ns.action.flush(kind);
    expect(await list()).toEqual([]);
    await it.ns.action.add(action);
    if (differs) {
      expectRead((await list())[0], { kind, ...reads });
    } else {
      expect(show()).toBe(printed);
      expect(await list()).toEqual(found);
    }
    // What was read is what can be given.
    const [read] = await list();
    await it.ns.action.delete({ kind, index: read!.index! });
    expect(await list()).toEqual([]);
    await it.ns.action.add(read!);
    expect(await list()).toEqual([read]);
    await it.ns.action.flush(kind);
  });

  test.each(filters)("filter $make", async ({ make, reads, differs: _same, protocol, ...filter }) => {
    it.tc("qdisc add dev d0 clsact");
    it.tc(`filter add dev d0 ingress protocol ${protocol} prio 5 ${make}`);
    const place = { parent: "ingress" };
    const show = () => unnumbered(it.tc("-d filter show dev d0 ingress"));
    const list = async () => unnumbered((await it.ns.filter.list("d0", place)).at(-1));
    const [printed, found] = [show(), await list()];
    expect(found).toMatchObject({
      dev: "d0",
      parent: "ingress",
      kind: filter.kind,
      protocol,
      pref: 5,
      chain: 0,
    });
    expectRead(found?.options, reads ?? filter.options);
    await it.ns.filter.flush("d0", place);
    expect(show()).toBe("");
    await it.ns.filter.add("d0", { ...place, protocol, pref: 5, ...filter } as TcFilterAdd);
    expect(show()).toBe(printed);
    expect(await list()).toEqual(found);
    const key = { ...place, protocol, pref: 5, kind: filter.kind, handle: found!.handle };
    // The kernel has no get for cgroup.
    if (filter.kind === "cgroup") return;
    expect(unnumbered(await it.ns.filter.get("d0", key))).toEqual(found);
    await it.ns.filter.delete("d0", key);
    expect((await it.ns.filter.list("d0", place)).filter(({ handle }) => handle === found!.handle)).toEqual(
      [],
    );
  });

  test("hash tables of u32, with links between them", async () => {
    it.tc("qdisc add dev d0 clsact");
    it.tc("filter add dev d0 ingress protocol ip prio 5 handle 1: u32 divisor 256");
    const hash = "hashkey mask 0x000000ff at 16 link 1: offset at 0 mask 0x0f00 shift 6 eat";
    it.tc(`filter add dev d0 ingress protocol ip prio 5 u32 match ip dst 10.0.0.0/24 ${hash}`);
    it.tc(
      "filter add dev d0 ingress protocol ip prio 5 u32 ht 1:7 match u32 80 0xffff at nexthdr+0 action drop",
    );
    const place = { parent: "ingress" };
    const show = () => unnumbered(it.tc("-d filter show dev d0 ingress"));
    const list = async () => unnumbered(await it.ns.filter.list("d0", place));
    const [printed, found] = [show(), await list()];
    await it.ns.filter.flush("d0", place);
    const filter = { ...place, protocol: "ip", pref: 5, kind: "u32" } as const;
    await it.ns.filter.add("d0", { ...filter, handle: "1:", options: { divisor: 256 } });
    await it.ns.filter.add("d0", {
      ...filter,
      options: {
        match: [{ value: 0x0a000000, mask: 0xffffff00, off: 16 }],
        hashkey: { mask: 0xff, at: 16 },
        link: "1:",
        offset: { offoff: 0, offmask: 0x0f00, offshift: 6, eat: true },
      },
    });
    await it.ns.filter.add("d0", {
      ...filter,
      options: {
        ht: "1:7",
        match: [{ value: 80, mask: 0xffff, off: 0, offmask: -1 }],
        actions: [{ kind: "gact", controlAction: { type: "drop" } }],
      },
    });
    expect(show()).toBe(printed);
    expect(await list()).toEqual(found);
    expect(found.map(({ handle }) => handle)).toEqual(["1:", "1:7:800", "800:", "800::800"]);
  });

  test("blocks that several links share", async () => {
    await it.ns.qdisc.add("d0", { kind: "clsact", ingressBlock: 22, egressBlock: 23 });
    it.tc("qdisc add dev d1 ingress_block 22 clsact");
    const shared = await it.ns.qdisc.list({ kind: "clsact" });
    expect(shared).toMatchObject([
      { dev: "d0", ingressBlock: 22, egressBlock: 23 },
      { dev: "d1", ingressBlock: 22 },
    ]);
    await it.ns.filter.add({ block: 22 }, { pref: 5, kind: "matchall", options: { actions: [pass] } });
    expect(it.tc("filter show block 22")).toContain("matchall");
    it.tc("filter add block 22 prio 6 matchall action drop");
    expect(await it.ns.filter.list({ block: 22 })).toMatchObject([
      { block: 22, pref: 5, options: { actions: [pass] } },
      { block: 22, pref: 6, options: { actions: [{ controlAction: { type: "drop" } }] } },
    ]);
    await it.ns.chain.add({ block: 22 }, { chain: 3 });
    expect((await it.ns.chain.list({ block: 22 })).map(({ chain }) => chain)).toEqual([0, 3]);
    const key = { pref: 6, handle: 1, kind: "matchall" };
    expect(await it.ns.filter.get({ block: 22 }, key)).toMatchObject({ block: 22, pref: 6 });
    await it.ns.filter.flush({ block: 22 });
    expect(it.tc("filter show block 22")).toBe("");
    expect(await failureOf(() => it.ns.filter.list({ block: 22 }, { parent: "ingress" }))).toMatchObject({
      path: "parent",
    });
  });

  test("chains, and the filters in them", async () => {
    it.tc("qdisc add dev d0 clsact");
    const place = { parent: "ingress" };
    it.tc("chain add dev d0 ingress chain 7 protocol ip flower dst_ip 0.0.0.0/8");
    const printed = it.tc("chain show dev d0 ingress");
    const found = await it.ns.chain.list("d0", place);
    expect(found).toMatchObject([
      { dev: "d0", parent: "ingress", chain: 7, kind: "flower", options: { keys: { dstIp: "0.0.0.0/8" } } },
    ]);
    await it.ns.chain.delete("d0", { ...place, chain: 7 });
    expect(await it.ns.chain.list("d0", place)).toEqual([]);
    const template = { kind: "flower", protocol: "ip", options: { keys: { dstIp: "0.0.0.0/8" } } } as const;
    await it.ns.chain.add("d0", { ...place, chain: 7, ...template });
    expect(it.tc("chain show dev d0 ingress")).toBe(printed);
    expect(await it.ns.chain.list("d0", place)).toEqual(found);
    expect(await it.ns.chain.get("d0", { ...place, chain: 7 })).toEqual(found[0]);
    expect(await failureOf(() => it.ns.chain.add("d0", { ...place, chain: 7 }))).toMatchObject({
      code: "EEXIST",
      path: "chain",
    });
    const filter = { ...place, protocol: "ip", kind: "flower", chain: 7 } as const;
    await it.ns.filter.add("d0", { ...filter, options: { keys: { dstIp: "10.0.0.0/8" }, actions: [pass] } });
    await it.ns.filter.add("d0", { ...place, kind: "matchall", options: { actions: [pass] } });
    // Not the mask of the template.
    const other = { ...filter, options: { keys: { dstIp: "10.0.0.0/16" } } };
    expect(await failureOf(() => it.ns.filter.add("d0", other))).toMatchObject({ code: "EINVAL" });
    expect((await it.ns.filter.list("d0", place)).map(({ chain }) => chain)).toEqual([7, 0]);
    await it.ns.filter.flush("d0", { ...place, chain: 7 });
    expect((await it.ns.filter.list("d0", place)).map(({ chain }) => chain)).toEqual([0]);
    await it.ns.filter.flush("d0", place);
    expect(await it.ns.filter.list("d0", place)).toEqual([]);
  });

  test("actions on their own, shared by filters", async () => {
    const { action, filter } = it.ns;
    await action.flush("gact");
    await action.add([
      { kind: "gact", index: 7, controlAction: { type: "drop" }, cookie: "c0ffee" },
      { kind: "gact", index: 8, controlAction: { type: "pass" } },
    ]);
    expect(it.tc("actions get action gact index 7")).toContain("cookie c0ffee");
    it.tc("qdisc add dev d0 clsact");
    it.tc("filter add dev d0 ingress prio 5 matchall action gact index 7");
    await filter.add("d0", {
      parent: "egress",
      kind: "matchall",
      options: { actions: [{ kind: "gact", index: 8 }] },
    });
    const seven = await action.get({ kind: "gact", index: 7 }, { stats: true });
    expect(seven).toMatchObject({ cookie: "c0ffee", ref: 2, bind: 1, bytes: 0, packets: 0 });
    expect(seven.installed).toBeTypeOf("number");
    expect((await action.list("gact")).map(({ index, bind }) => [index, bind])).toEqual([
      [7, 1],
      [8, 1],
    ]);
    await action.replace({ kind: "gact", index: 7, controlAction: { type: "pipe" } });
    expect(it.tc("filter show dev d0 ingress")).toContain("gact action pipe");
    await it.ns.filter.flush("d0", { parent: "ingress" });
    // Filters go some time after they were deleted.
    await vi.waitFor(async () => expect((await action.get({ kind: "gact", index: 7 })).bind).toBe(0));
    await action.delete({ kind: "gact", index: 7 });
    expect(await failureOf(() => action.get({ kind: "gact", index: 7 }))).toMatchObject({ code: "ENOENT" });
    expect(
      await failureOf(() => action.add({ kind: "gact", index: 8, controlAction: { type: "pass" } })),
    ).toMatchObject({
      code: "EEXIST",
      path: "index",
    });
    // More than the kernel puts into a part of its answer.
    const many = Array.from({ length: 100 }, (_, n) => ({
      kind: "gact" as const,
      index: 100 + n,
      controlAction: { type: "pass" as const },
    }));
    for (let n = 0; n < many.length; n += 25) await action.add(many.slice(n, n + 25));
    expect(await action.list("gact")).toHaveLength(101);
    // One that a filter has stays, and is told.
    expect(await failureOf(() => action.flush("gact"))).toMatchObject({ code: "EPERM" });
    await filter.flush("d0", { parent: "egress" });
    await vi.waitFor(async () => expect((await action.get({ kind: "gact", index: 8 })).bind).toBe(0));
    await action.flush("gact");
    expect(await action.list("gact")).toEqual([]);
  });

  test("a loaded program, as filter and as action", async () => {
    it.tc("qdisc add dev d0 clsact");
    const fd = loadProgram("filter");
    const bpf = { parent: "ingress", pref: 5, kind: "bpf" } as const;
    await it.ns.filter.add("d0", { ...bpf, options: { fd, name: "mine", directAction: true } });
    expect(it.tc("filter show dev d0 ingress")).toMatch(
      /bpf .*mine direct-action .*id \d+ .*tag [0-9a-f]{16}/,
    );
    const [found] = await it.ns.filter.list("d0", { parent: "ingress" });
    expect(found?.options).toMatchObject({ name: "mine", directAction: true, notInHw: true });
    expect((found!.options as { tag: string }).tag).toMatch(/^[0-9a-f]{16}$/);
    await it.ns.action.add({ kind: "bpf", fd: loadProgram("action"), name: "mine" });
    expect(it.tc("actions list action bpf")).toContain("mine");
    expect((await it.ns.action.list("bpf"))[0]).toMatchObject({
      name: "mine",
      controlAction: { type: "pipe" },
    });
    await it.ns.action.flush("bpf");
  });

  test("what is refused says where", async () => {
    const { filter, action, chain } = it.ns;
    it.tc("qdisc add dev d0 clsact");
    const place = { parent: "ingress", protocol: "ip" };
    const refused: [() => Promise<unknown>, object][] = [
      [() => filter.add("d0", { kind: "matchall" }), { path: "parent" }],
      [() => filter.add("d0", { ...place, kind: "fw", handle: "5" }), { path: "handle" }],
      [
        () => filter.add("d0", { ...place, kind: "flower", options: { keys: { srcIp: "10.0.0.0/33" } } }),
        { path: "options.keys.srcIp" },
      ],
      [
        () => filter.add("d0", { ...place, kind: "flower", options: { keys: { dstPort: 80 } } }),
        { path: "options.keys.ipProto" },
      ],
      [
        () => filter.add("d0", { ...place, kind: "flower", options: { keys: { ipTtl: 256 } } }),
        { path: "options.keys.ipTtl" },
      ],
      [
        () =>
          filter.add("d0", {
            ...place,
            kind: "matchall",
            options: { actions: [pass, { kind: "mirred", mirredAction: "mirror", toDev: "nope" }] },
          }),
        { code: "ENODEV", path: "options.actions[1].toDev" },
      ],
      [
        () =>
          filter.add("d0", {
            ...place,
            kind: "matchall",
            options: { actions: [{ kind: "sample", rate: 2 ** 33 }] },
          }),
        { path: "options.actions[0].rate" },
      ],
      [() => action.add([pass, { kind: "vlan", vlanAction: "push", id: 70_000 }]), { path: "[1].id" }],
      [() => action.add({ kind: "police", rate: 8000 }), { path: "burst" }],
      [() => action.add({ kind: "nope" } as never), { path: "kind" }],
      [() => chain.add("d0", { ...{ parent: "ingress" }, chain: -1 }), { path: "chain" }],
      [() => filter.delete("d0", { parent: "ingress", pref: 0 }), { path: "pref" }],
    ];
    for (const [attempt, expected] of refused) expect(await failureOf(attempt)).toMatchObject(expected);
  });
});
