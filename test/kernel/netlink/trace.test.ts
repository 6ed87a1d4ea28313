import { describe, expect, test } from "vitest";
import { explainDatagram, formatLine } from "../../../src/decode/index.ts";
import { Client } from "../../../src/netlink/client.ts";
import { openChannel } from "../../../src/netlink/socket/open.ts";
import { type TracedDatagram, traceChannel } from "../../../src/netlink/socket/trace.ts";
import { getLink, listLinks, setLink } from "../../../src/rtnl/link/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { ip, NETLINK_ROUTE, netns, withoutUnixDgram } from "./apart.ts";
import { readable } from "./raw.ts";

const RTNLGRP_LINK = 1;

const kinds = [
  { kind: "unix-dgram", skip: withoutUnixDgram },
  { kind: "koffi", skip: undefined },
] as const;

function traced(kind?: "unix-dgram" | "koffi") {
  const seen: TracedDatagram[] = [];
  const open = traceChannel(
    (options) => openChannel({ ...options, kind }),
    (datagram) => seen.push(datagram),
  );
  return { seen, open, client: new Client({ protocol: rtnetlink, netns, open }) };
}

const lines = (seen: readonly TracedDatagram[]) =>
  seen.flatMap(({ bytes, direction }) =>
    explainDatagram(bytes, { protocol: rtnetlink, direction }).messages.map((message) =>
      formatLine(message).replace(/ of \w+ #.*| #.*/, " #"),
    ),
  );

describe.each(kinds)("$kind channel", ({ kind, skip }) => {
  test.skipIf(skip)("every datagram is seen, in order, with its time", async () => {
    const before = Date.now();
    const { seen, client } = traced(kind);
    await using _ = client;
    const link = await client.request(getLink({ ifiIndex: 1 }));
    expect(link).toMatchObject({ ifname: "lo" });
    await client.request(setLink({ ifiIndex: 1, mtu: 1400 }));
    await expect(client.request(getLink({ ifiIndex: 99_999 }))).rejects.toMatchObject({ code: "ENODEV" });
    expect(lines(seen)).toEqual([
      "→ RTM_GETLINK #",
      "← RTM_NEWLINK #",
      "→ RTM_NEWLINK ACK #",
      "← ack #",
      "→ RTM_GETLINK #",
      "← error ENODEV #",
    ]);
    for (const datagram of seen) {
      expect(datagram).toMatchObject({ protocol: NETLINK_ROUTE, peer: 0, length: datagram.bytes.length });
      expect(datagram.portId).toBe(client.channel.portId);
      expect(datagram.time).toBeGreaterThan(before - 1000);
      expect(datagram.time).toBeLessThan(Date.now() + 1000);
    }
    expect(seen.map(({ time }) => time)).toEqual(seen.map(({ time }) => time).sort((a, b) => a - b));
  });

  test.skipIf(skip)("dumps, each on its socket; bytes are copies", async () => {
    const { seen, client } = traced(kind);
    await using _ = client;
    const [a, b] = await Promise.all([client.list(listLinks()), client.list(listLinks())]);
    expect(a).toEqual(b);
    expect(new Set(seen.map(({ portId }) => portId)).size).toBe(2);
    const copies = seen.map(({ bytes }) => bytes.slice());
    await client.list(listLinks());
    expect(seen.slice(0, copies.length).map(({ bytes }) => bytes)).toEqual(copies);
    expect(lines(seen).filter((line) => line.startsWith("← done"))).toHaveLength(3);
  });

  test.skipIf(skip)("is the channel it wraps in everything else", async () => {
    const { open, seen } = traced(kind);
    const channel = open({ protocol: NETLINK_ROUTE, netns, use: "requests" });
    const plain = openChannel({ protocol: NETLINK_ROUTE, netns, use: "requests", kind });
    try {
      expect(channel.kind).toBe(kind);
      const { because, protocol, maxSend, maxReplies } = plain;
      expect(channel).toMatchObject({ because, protocol, maxSend, maxReplies });
      expect(channel.lost()).toBe(0);
      expect(() => channel.send(new Uint8Array(0))).toThrow();
      expect(seen).toEqual([]);
      expect(channel.receive()).toBeUndefined();
    } finally {
      channel.close();
      plain.close();
    }
    expect(() => channel.send(new Uint8Array(20))).toThrow();
  });
});

test("what a listener throws reaches the caller", async () => {
  const open = traceChannel(openChannel, () => {
    throw new Error("from the listener");
  });
  await using client = new Client({ protocol: rtnetlink, netns, open });
  await expect(client.request(getLink({ ifiIndex: 1 }))).rejects.toThrow("from the listener");
});

test("notifications are seen, too", async () => {
  const { open, seen } = traced("koffi");
  const channel = open({ protocol: NETLINK_ROUTE, netns, use: "stream" });
  try {
    channel.join(RTNLGRP_LINK);
    ip("link", "set", "lo", "mtu", "1300");
    await readable(channel);
    expect(channel.receive()).toBeDefined();
    channel.leave(RTNLGRP_LINK);
    ip("link", "set", "lo", "mtu", "1400");
    expect(channel.receive()).toBeUndefined();
    expect(seen.map(({ direction }) => direction)).toEqual(["received"]);
  } finally {
    channel.close();
  }
});
