/**
 * Traffic control between `tc` and the library: what tc made is read without a byte that has no name, written again to
 * the byte, and made again by the library so that tc prints the same.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { Netns } from "../../../src/index.ts";
import { Client } from "../../../src/netlink/client.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { encodePayload } from "../../../src/netlink/codec/message.ts";
import { messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import { openChannel } from "../../../src/netlink/socket/open.ts";
import * as rtnl from "../../../src/rtnl/index.ts";
import { actions, classes, filters, qdiscs } from "./tc-cases.ts";

const name = `nlkit-tc-${process.pid}`;
const probe = `${name}-probe`;

/** Whether this kernel has qdiscs, actions and dummy links. */
function supported(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  if (spawnSync("ip", ["netns", "add", probe]).status !== 0) return false;
  try {
    return [
      ["ip", "-n", probe, "link", "add", "d0", "type", "dummy"],
      ["tc", "-n", probe, "qdisc", "add", "dev", "d0", "root", "handle", "1:", "htb"],
      ["tc", "-n", probe, "actions", "add", "action", "simple", "sdata", "x"],
    ].every(([program, ...args]) => spawnSync(program!, args).status === 0);
  } finally {
    spawnSync("ip", ["netns", "del", probe]);
  }
}

const here = supported();
const why = here ? "" : " (skipped: this kernel lacks dummy links, htb or act_simple, or this is not root)";

let ns: Netns;
let client: Client;
const datagrams: Uint8Array[] = [];

function tc(command: string): string {
  // Words in quotes are one argument.
  const args = [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);
  return execFileSync("tc", ["-n", name, ...args], { encoding: "utf8", stdio: "pipe" });
}

const ip = (command: string) => execFileSync("ip", ["-n", name, ...command.split(" ")], { stdio: "pipe" });

/** What is left without a name. */
function nameless(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = `${path}.${key}`;
    if (key === "unknown" || key === "trailing") return [place];
    if (["options", "app", "xstats", "match"].includes(key) && inner instanceof Uint8Array) return [place];
    return nameless(inner, place);
  });
}

/** Every message received so far says all of what it is, and is written to the byte as it was read. */
function checkReceived(): void {
  let seen = 0;
  for (const datagram of datagrams.splice(0)) {
    for (const header of messagesOf(new Input(datagram))) {
      const type = rtnl.rtnetlink.types.get(header.type);
      if (!type) continue;
      const payload = datagram.slice(header.at, header.at + header.payloadLength);
      const value = type.message.decode(new Input(payload, { exact: true }), 0, payload.length);
      expect(nameless(value)).toEqual([]);
      expect(Buffer.from(encodePayload(type.message, value as object)).toString("hex")).toBe(
        Buffer.from(payload).toString("hex"),
      );
      seen++;
    }
  }
  expect(seen).toBeGreaterThan(0);
}

/** Without what only the kernel says of actions. */
function request<T>(value: T): T {
  if (Array.isArray(value)) return value.map(request) as T;
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const entries = Object.entries(value).filter(
    ([key]) => !/^(stats.*|tm|usedHwStats|inHwCount|pcnt)$/.test(key),
  );
  const where = (inner: unknown) =>
    Array.isArray(inner) ? inner.filter((flag) => flag !== "in-hw" && flag !== "not-in-hw") : inner;
  return Object.fromEntries(entries.map(([key, inner]) => [key, request(where(inner))])) as T;
}

let d0: number;

describe.skipIf(!here)(`tc${why}`, () => {
  beforeAll(async () => {
    ns = await Netns.create(name);
    ip("link add d0 numtxqueues 8 type dummy");
    ip("link add d1 type dummy");
    for (const dev of ["d0", "d1"]) ip(`link set ${dev} up`);
    d0 = (await ns.link.get("d0")).ifindex;
    client = new Client({
      protocol: rtnl.rtnetlink,
      netns: ns.fd,
      open(options) {
        const channel = openChannel(options);
        const receive = channel.receive.bind(channel);
        channel.receive = () => {
          const datagram = receive();
          if (datagram) datagrams.push(datagram.bytes.slice());
          return datagram;
        };
        return channel;
      },
    });
  });

  afterAll(async () => {
    client?.close();
    ns?.close();
    await Netns.delete(name);
  });

  const root = rtnl.TC_H_ROOT;

  describe("queueing disciplines", () => {
    afterEach(() => {
      spawnSync("tc", ["-n", name, "qdisc", "del", "dev", "d0", "root"]);
    });

    test.each(qdiscs)("$kind: $make", async ({ kind, make, options, send, once }) => {
      tc(`qdisc add dev d0 root handle 1: ${make}`);
      const show = () => tc("-j -d qdisc show dev d0 root");
      const printed = show();
      const list = async () => {
        datagrams.length = 0;
        const all = await client.list(rtnl.listQdiscs());
        checkReceived();
        return all.find((one) => one.tcmIfindex === d0 && one.tcmParent === root)!;
      };
      const found = await list();
      expect(found.kind).toBe(kind);
      if (options) expect(found.options).toMatchObject(options);
      if (once) return;
      tc("qdisc del dev d0 root");
      const sent = send ? { ...request(found.options as object), ...send } : request(found.options);
      await client.request(
        rtnl.newQdisc({
          tcmIfindex: d0,
          tcmParent: root,
          tcmHandle: 0x10000,
          ...({ kind: found.kind, options: sent } as Partial<rtnl.Qdisc>),
        }),
      );
      expect(show()).toBe(printed);
      expect((await list()).options).toEqual(found.options);
    });
  });

  describe("classes", () => {
    afterEach(() => {
      spawnSync("tc", ["-n", name, "qdisc", "del", "dev", "d0", "root"]);
    });

    test.each(classes)("$kind: $make", async ({ kind, qdisc, make, options }) => {
      tc(`qdisc add dev d0 root handle 1: ${qdisc}`);
      if (make) tc(`class add dev d0 parent 1: classid 1:1 ${make}`);
      const show = () => tc("-j -d class show dev d0 classid 1:1");
      const printed = show();
      const list = async () => {
        datagrams.length = 0;
        const all = await client.list(rtnl.listClasses({ tcmIfindex: d0 }));
        checkReceived();
        return all.find((one) => one.tcmHandle === 0x10001)!;
      };
      const found = await list();
      expect(found.kind).toBe(kind);
      if (options) expect(found.options).toMatchObject(options);
      if (!make) return;
      tc("class del dev d0 classid 1:1");
      await client.request(
        rtnl.newClass({
          tcmIfindex: d0,
          tcmParent: found.tcmParent === root ? 0x10000 : found.tcmParent,
          tcmHandle: 0x10001,
          ...({ kind: found.kind, options: found.options } as Partial<rtnl.TcClass>),
        }),
      );
      expect(show()).toBe(printed);
      expect((await list()).options).toEqual(found.options);
    });
  });

  describe("filters", () => {
    afterEach(() => {
      for (const where of ["root", "clsact"])
        spawnSync("tc", ["-n", name, "qdisc", "del", "dev", "d0", where]);
    });

    test.each(filters)("$kind: $make", async ({ kind, make, options, protocol = "ip", send, once }) => {
      tc("qdisc add dev d0 clsact");
      tc(`filter add dev d0 ingress protocol ${protocol} prio 5 ${make}`);
      const parent = 0xfffffff2;
      const show = () => tc("-j -d filter show dev d0 ingress");
      const list = async () => {
        datagrams.length = 0;
        const all = await client.list(rtnl.listFilters({ tcmIfindex: d0, tcmParent: parent }));
        checkReceived();
        return all.findLast((one) => one.tcmHandle !== 0)!;
      };
      const printed = show();
      const found = await list();
      expect(found.kind).toBe(kind);
      if (options) expect(found.options).toMatchObject(options);
      if (once) return;
      tc("filter del dev d0 ingress");
      await client.request(
        rtnl.newFilter({
          tcmIfindex: d0,
          tcmParent: parent,
          tcmHandle: found.tcmHandle,
          tcmInfo: found.tcmInfo,
          ...({
            kind: found.kind,
            options: { ...request(found.options as object), ...send },
          } as Partial<rtnl.Filter>),
        }),
      );
      expect(show()).toBe(printed);
      expect(request((await list()).options)).toEqual(request(found.options));
    });

    test("chains", async () => {
      tc("qdisc add dev d0 clsact");
      tc("chain add dev d0 ingress chain 7 protocol ip flower dst_ip 10.0.0.0/8");
      datagrams.length = 0;
      const [chain] = await client.list(rtnl.listChains({ tcmIfindex: d0, tcmParent: 0xfffffff2 }));
      checkReceived();
      expect(chain).toMatchObject({ chain: 7, kind: "flower", options: { keyIpv4DstMask: "255.0.0.0" } });
      await client.request(rtnl.newChain({ tcmIfindex: d0, tcmParent: 0xfffffff2, chain: 9 }));
      expect(tc("chain show dev d0 ingress")).toContain("chain 9");
      await client.request(rtnl.delChain({ tcmIfindex: d0, tcmParent: 0xfffffff2, chain: 9 }));
      expect(tc("chain show dev d0 ingress")).not.toContain("chain 9");
    });
  });

  describe("actions", () => {
    test.each(actions)("$kind: $make", async ({ kind, make, options, send, once }) => {
      const clear = () => spawnSync("tc", ["-n", name, "actions", "flush", "action", kind]);
      clear();
      tc(`actions add action ${make}`);
      const show = () => tc(`-j -d actions list action ${kind}`);
      const list = async () => {
        datagrams.length = 0;
        const parts = await client.list(rtnl.listActions({ tab: [{ kind }] as rtnl.Action[] }));
        checkReceived();
        return parts.flatMap((part) => part.tab ?? [])[0]!;
      };
      const printed = show();
      const found = await list();
      expect(found.kind).toBe(kind);
      if (options) expect(found.options).toMatchObject(options);
      if (!once) {
        clear();
        const again = { kind: found.kind, options: { ...request(found.options), ...send } } as rtnl.Action;
        await client.request(rtnl.newActions({ tab: [again] }));
        expect(show()).toBe(printed);
        expect(request((await list()).options)).toEqual(request(found.options));
      }
      clear();
    });
  });

  test("dualpi2, which tc 6.1 does not know, from Linux 6.17 on", async ({ skip }) => {
    const options = {
      limit: 500,
      target: 12_000,
      coupling: 3,
      splitGso: "no-split-gso",
      ecnMask: "l4s-ect",
    } as const;
    const where = { tcmIfindex: d0, tcmParent: root, tcmHandle: 0x10000 };
    try {
      await client.request(rtnl.newQdisc({ ...where, kind: "dualpi2", options }));
    } catch (error) {
      if ((error as { code?: string }).code === "ENOENT") return skip("this kernel has no dualpi2");
      throw error;
    }
    datagrams.length = 0;
    const all = await client.list(rtnl.listQdiscs());
    checkReceived();
    const found = all.find((one) => one.kind === "dualpi2")!;
    expect(found.options).toMatchObject(options);
    expect(found.stats2?.app).toMatchObject({ prob: 0, pktsInC: 0, maxq: 0 });
    await client.request(rtnl.delQdisc(where));
  });

  test("counters of netem, from Linux 7.2 on", async () => {
    tc("qdisc add dev d0 root handle 1: netem loss 100%");
    ip("addr add 10.77.0.1/24 dev d0");
    const count = async () => {
      const all = await client.list(rtnl.listQdiscs());
      checkReceived();
      const found = all.find((one) => one.kind === "netem")!;
      return [found.stats2!.app as { dropped?: bigint } | undefined, found.stats2!.queue!.drops!] as const;
    };
    const send = "for i in 1 2 3; do echo x > /dev/udp/10.77.0.2/9; done";
    execFileSync("ip", ["netns", "exec", name, "bash", "-c", send], { stdio: "pipe" });
    const [app, drops] = await count();
    spawnSync("tc", ["-n", name, "qdisc", "del", "dev", "d0", "root"]);
    expect(drops).toBeGreaterThan(0);
    if (app) expect(app).toMatchObject({ dropped: BigInt(drops), corrupted: 0n, reordered: 0n });
  });

  test("a size table, an estimator and shared blocks", async () => {
    tc(
      "qdisc add dev d0 root handle 1: estimator 1s 8s stab mtu 1600 tsize 512 overhead 24 linklayer atm pfifo",
    );
    tc("qdisc add dev d1 ingress_block 5 clsact");
    tc("filter add block 5 matchall action drop");
    datagrams.length = 0;
    const all = await client.list(rtnl.listQdiscs());
    checkReceived();
    const pfifo = all.find((one) => one.kind === "pfifo")!;
    expect(pfifo.stab?.base).toMatchObject({ overhead: 24, linklayer: 2, tsize: 512 });
    expect(pfifo.stats2?.rateEst).toBeDefined();
    expect(all.find((one) => one.kind === "clsact")?.ingressBlock).toBe(5);
    const filtersOfBlock = await client.list(rtnl.listFilters({ tcmIfindex: -1, tcmParent: 5 }));
    expect(filtersOfBlock.at(-1)).toMatchObject({
      kind: "matchall",
      options: { act: [{ kind: "gact", options: { parms: { action: "shot" } } }] },
    });
    checkReceived();
    tc("qdisc del dev d0 root");
    tc("qdisc del dev d1 clsact");
  });
});
