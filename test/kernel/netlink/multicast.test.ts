import { describe, expect, test } from "vitest";
import { OverrunError } from "../../../src/netlink/errors.ts";
import type { Channel, ChannelOptions } from "../../../src/netlink/socket/channel.ts";
import { ip, open, sendFromOther, withoutUnixDgram } from "./apart.ts";
import * as raw from "./raw.ts";

const RTNLGRP_LINK = 1;

describe("multicast", () => {
  const groupChannel = (options: Partial<ChannelOptions> = {}) => {
    const channel = open({ use: "stream", ...options });
    channel.join(RTNLGRP_LINK);
    return channel;
  };

  test("is heard while joined", async () => {
    const channel = groupChannel();
    expect(channel.kind).toBe("koffi");
    setTimeout(() => ip("link", "add", "mc0", "type", "veth", "peer", "name", "mc1"), 20);
    await raw.readable(channel);
    const names: string[] = [];
    for (let datagram = channel.receive(); datagram; datagram = channel.receive()) {
      expect(datagram.portId).toBe(0);
      names.push(...raw.messagesIn(datagram).map(raw.nameOf));
    }
    expect(new Set(names)).toEqual(new Set(["mc0", "mc1"]));
    channel.leave(RTNLGRP_LINK);
    ip("link", "del", "mc0");
    expect(channel.receive()).toBeUndefined();
  });

  test("is counted where it overran, and heard again afterwards", async () => {
    const channel = groupChannel({ receiveBuffer: 4096 });
    const reference = groupChannel();
    const rename = (mtu: number) => ip("link", "set", "lo", "mtu", String(mtu));
    for (let i = 0; i < 20; i++) rename(60000 + i);
    await raw.readable(channel);
    const drain = (one: Channel) => {
      let count = 0;
      while (one.receive()) count++;
      return count;
    };
    const all = drain(reference);
    let received = 0;
    let overrun: unknown;
    try {
      while (channel.receive()) received++;
    } catch (error) {
      overrun = error;
    }
    expect(received).toBeGreaterThan(0);
    expect(overrun).toBeInstanceOf(OverrunError);
    expect((overrun as OverrunError).lost).toBe(all - received);
    const again = raw.readable(channel);
    rename(65536);
    await again;
    expect(drain(channel)).toBe(drain(reference));
    expect(channel.lost()).toBe(all - received);
  });

  test("of which some came with the one that was taken is told to who waits", async () => {
    const channel = groupChannel();
    for (let i = 0; i < 3; i++) ip("link", "set", "lo", "mtu", String(61000 + i));
    expect(channel.receive()).toBeDefined();
    channel.wait(() => expect.unreachable());
    channel.wait(undefined);
    await raw.readable(channel);
    expect(channel.receive()).toBeDefined();
    ip("link", "set", "lo", "mtu", "65536");
    while (channel.receive());
  });

  test("of other processes is told from the kernel's by the port id", async () => {
    const channel = groupChannel();
    const { pid } = sendFromOther(0, 1 << (RTNLGRP_LINK - 1));
    await raw.readable(channel);
    const senders = [];
    for (let datagram = channel.receive(); datagram; datagram = channel.receive())
      senders.push(datagram.portId);
    expect(senders).toContain(pid);
  });

  test.skipIf(withoutUnixDgram)("is not for unix-dgram", () => {
    const channel = open({ kind: "unix-dgram" });
    const refusal = expect.objectContaining({ code: "ERR_NETLINK_UNSUPPORTED" });
    expect(() => channel.join(RTNLGRP_LINK)).toThrow(refusal);
    expect(() => channel.leave(RTNLGRP_LINK)).toThrow(refusal);
  });
});
