/** What ip, bridge and tc were recorded to say (scripts/record-iproute2-fixtures.ts): all of it is understood. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { readStrace } from "../../../src/decode/capture/strace.ts";
import { Conversation } from "../../../src/decode/conversation.ts";
import type { Told, ToldMessage, Unfinished } from "../../../src/decode/told.ts";
import { decodePayload } from "../../../src/netlink/codec/message.ts";
import { typeOf } from "../../../src/netlink/codec/protocol.ts";
import { NLMSG_HDRLEN, NLMSG_MIN_TYPE } from "../../../src/netlink/constants.ts";

// biome-ignore lint/suspicious/noExplicitAny: what programs print, and messages of every type
type Json = Record<string, any>;

interface Ran {
  readonly command: string;
  readonly pid: number;
  readonly failed?: string;
  readonly printed?: readonly Json[];
}

const folder = resolve(import.meta.dirname, "../../fixtures/captures");
const recordings = readdirSync(folder).filter((name) => name.endsWith(".strace.br"));

/** tc 6.1 sends 32 bytes of its stack as the text of the action simple, of which the text is the first. */
const known = ["RTM_NEWACTION: bytes after the string's NUL"];

async function* pieces(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 1 << 16) yield new Uint8Array(bytes.subarray(at, at + (1 << 16)));
}

describe.each(recordings)("%s", (name) => {
  const { ran } = JSON.parse(
    readFileSync(join(folder, name.replace("strace.br", "printed.json")), "utf8"),
  ) as { ran: readonly Ran[] };
  const told: Told[] = [];
  let unfinished: Unfinished[] = [];

  beforeAll(async () => {
    const conversation = new Conversation({ verify: true });
    const text = brotliDecompressSync(readFileSync(join(folder, name)));
    for await (const captured of readStrace(pieces(text))) told.push(conversation.take(captured));
    unfinished = conversation.finish();
  }, 120_000);

  const messages = () => told.flatMap((one) => one.messages.map((entry) => ({ told: one, entry })));
  const pidsOf = (command: string) =>
    ran.filter((one) => one.command === command && one.printed).map(({ pid }) => pid);

  /** The objects that a command was answered with. */
  function answers(pid: number, constant: string): Json[] {
    return messages()
      .filter(({ told: { captured }, entry }) => captured.pid === pid && isObject(entry, constant))
      .map(({ told: { captured, protocol, byteOrder }, entry: { message } }) => {
        const payload = captured.bytes.slice(message.offset + NLMSG_HDRLEN, message.offset + message.length);
        return decodePayload(typeOf(protocol, message.type, false)!.message, payload, { byteOrder }) as Json;
      });
  }

  const isObject = ({ message, role }: ToldMessage, constant: string) =>
    role === "reply" && message.constant === constant;

  test("there is much of it, of every kind of object", () => {
    expect(ran.length).toBeGreaterThan(350);
    expect(told.length).toBeGreaterThan(2000);
    expect(new Set(messages().map(({ entry }) => entry.message.constant)).size).toBeGreaterThan(55);
    expect(ran.filter(({ failed }) => failed !== undefined).length).toBeGreaterThan(15);
  });

  test("nothing is unknown, nothing is odd, every byte comes back", () => {
    const problems = [
      ...told.flatMap((one) => one.problems.map(({ text }) => text)),
      ...messages().flatMap(({ entry }) =>
        entry.problems.map(({ text }) => `${entry.message.constant}: ${text}`),
      ),
    ];
    expect(problems).toEqual(known);
    for (const { entry } of messages()) expect(entry.message.constant).toBeDefined();
  });

  test("every request has its answer, every dump its end and its number of objects", () => {
    expect(unfinished).toEqual([]);
    const counts = new Map<object, number>();
    const key = (entry: ToldMessage) => `${entry.request!.datagram}.${entry.request!.message}`;
    const seen = new Map<string, number>();
    for (const { entry } of messages()) {
      if (entry.role !== "reply" || entry.objects === undefined) continue;
      if (entry.message.type >= NLMSG_MIN_TYPE) seen.set(key(entry), (seen.get(key(entry)) ?? 0) + 1);
      expect(entry.objects).toBe(seen.get(key(entry)) ?? 0);
      if (entry.message.constant === "NLMSG_DONE") counts.set(entry, entry.objects);
    }
    expect(counts.size).toBeGreaterThan(250);
    expect(Math.max(...counts.values())).toBeGreaterThan(60);
  });

  test("a refusal is told with the request it is about", () => {
    for (const { pid, command, failed } of ran) {
      if (failed === undefined) continue;
      const refusals = messages().filter(
        ({ told: { captured }, entry }) =>
          captured.pid === pid && (entry.message.answer?.code ?? "OK") !== "OK" && entry.role === "reply",
      );
      // Some the tool refuses by itself.
      if (!/RTNETLINK answers|^Error: |^We have an error/.test(failed)) continue;
      expect([command, refusals.length > 0]).toEqual([command, true]);
      for (const { entry } of refusals) expect(entry.request?.constant).toMatch(/^RTM_/);
    }
  });

  test("the monitors heard the changes as notifications", () => {
    for (const command of ["ip -d monitor all label", "bridge -d monitor all", "tc monitor"]) {
      const { pid } = ran.find((one) => one.command === command)!;
      const heard = messages().filter(
        ({ told: { captured }, entry }) => captured.pid === pid && entry.role === "notification",
      );
      expect([command, heard.length > 5]).toEqual([command, true]);
    }
  });

  /** A command, what its objects are, what is compared of each as it was printed and as it was decoded. */
  const values: [string, string, (printed: Json) => unknown[], (decoded: Json) => unknown[]][] = [
    [
      "ip -j -d -s link show",
      "RTM_NEWLINK",
      (link) => [
        link.ifindex,
        link.ifname,
        link.mtu,
        link.txqlen,
        link.operstate,
        link.linkinfo?.info_kind,
        link.linkinfo?.info_slave_kind,
        link.promiscuity,
        link.num_tx_queues,
        link.gso_max_size,
        link.stats64.rx.bytes,
        link.stats64.tx.packets,
        link.altnames,
      ],
      (link) => [
        link.ifiIndex,
        link.ifname,
        link.mtu,
        link.txqlen,
        link.operstate.toUpperCase(),
        link.linkinfo?.kind,
        link.linkinfo?.slaveKind,
        link.promiscuity,
        link.numTxQueues,
        link.gsoMaxSize,
        Number(link.stats64.rxBytes),
        Number(link.stats64.txPackets),
        link.propList?.altIfname,
      ],
    ],
    [
      "ip -j -d -4 route show table all",
      "RTM_NEWROUTE",
      (route) => [
        route.type,
        route.dst.split("/")[0],
        route.gateway,
        route.metric,
        route.prefsrc,
        route.metrics?.[0]?.mtu,
        route.nexthops?.map(({ gateway, weight }: Json) => [gateway, weight]),
        route.nhid,
      ],
      (route) => [
        route.rtmType,
        route.dst ?? "default",
        route.gateway,
        route.priority,
        route.prefsrc,
        route.metrics?.mtu,
        route.multipath?.map(({ gateway, rtnhHops }: Json) => [gateway, rtnhHops + 1]),
        route.nhId,
      ],
    ],
    [
      "ip -j -d -s neigh show",
      "RTM_NEWNEIGH",
      (neigh) => [neigh.dst, neigh.lladdr, neigh.state[0].toLowerCase()],
      (neigh) => [neigh.dst, neigh.lladdr, neigh.ndmState[0]],
    ],
    [
      "ip -j -d rule show",
      "RTM_NEWRULE",
      (rule) => [rule.priority, rule.src.replace("all", ""), rule.uid_start, rule.ipproto, rule.goto],
      (rule) => [
        rule.priority ?? 0,
        rule.src ?? "",
        rule.uidRange?.start,
        rule.ipProto === undefined ? undefined : "tcp",
        rule.goto,
      ],
    ],
    [
      "ip -j -d nexthop show",
      "RTM_NEWNEXTHOP",
      (nexthop) => [
        nexthop.id,
        nexthop.gateway,
        nexthop.group?.map(({ id, weight = 1 }: Json) => [id, weight]),
        nexthop.blackhole === null,
        nexthop.type === "resilient" ? nexthop.resilient_args.buckets : undefined,
      ],
      (nexthop) => [
        nexthop.id,
        nexthop.gateway,
        nexthop.group?.map(({ id, weight }: Json) => [id, weight + 1]),
        nexthop.blackhole === true,
        nexthop.resGroup?.buckets,
      ],
    ],
    [
      "bridge -j -d -s fdb show",
      "RTM_NEWNEIGH",
      (entry) => [entry.mac, entry.dst, entry.vlan, entry.vni, entry.port],
      (entry) => [entry.lladdr, entry.dst, entry.vlan, entry.vni, entry.port],
    ],
    [
      "ip -j nexthop bucket show",
      "RTM_NEWNEXTHOPBUCKET",
      (bucket) => [bucket.id, bucket.bucket.index, bucket.bucket.nhid],
      (bucket) => [bucket.id, bucket.resBucket.index, bucket.resBucket.nhId],
    ],
    [
      "tc -j -d -s qdisc show dev d2",
      "RTM_NEWQDISC",
      (qdisc) => [qdisc.kind, qdisc.handle, qdisc.bytes, qdisc.drops, qdisc.qlen],
      (qdisc) => [
        qdisc.kind,
        `${(qdisc.tcmHandle >>> 16).toString(16)}:`,
        Number(qdisc.stats2?.basic?.bytes ?? 0),
        qdisc.stats2?.queue?.drops ?? 0,
        qdisc.stats2?.queue?.qlen ?? 0,
      ],
    ],
  ];
  test.each(values)("%s: what was printed is what is decoded", (command, constant, printed, decoded) => {
    const pids = pidsOf(command);
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) {
      // Of an encapsulation ip prints fields under names that the route has too.
      const shown = ran.find((one) => one.pid === pid)!.printed!.filter(({ encap }) => encap === undefined);
      const found = answers(pid, constant).map(decoded);
      expect(shown.length).toBeGreaterThan(0);
      for (const object of shown) expect(found).toContainEqual(printed(object));
    }
  });
});
