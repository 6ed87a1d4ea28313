/** What goes wrong on purpose, over a recording. */
import { describe, expect, test } from "vitest";
import { DumpInterruptedError, KernelError, OverrunError, TimeoutError } from "../../../src/index.ts";
import { Client } from "../../../src/netlink/client.ts";
import { Input } from "../../../src/netlink/codec/input.ts";
import { messagesOf } from "../../../src/netlink/codec/nlmsg.ts";
import { RTNLGRP_LINK } from "../../../src/rtnl/groups.ts";
import { getLink, listLinks, newLink, setLink } from "../../../src/rtnl/link/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import {
  duplicate,
  type Fault,
  interruptDump,
  lack,
  late,
  overrun,
  refuse,
  truncate,
  withFaults,
} from "../../../src/testing/index.ts";
import { FakeChannel, type Sent } from "../../support/fake-channel.ts";
import { ackOf, linkOf } from "../../support/kernel-messages.ts";

/** A kernel that has one link, and acknowledges what asks for it. */
function clientWith(...faults: Fault[]) {
  const channels: FakeChannel[] = [];
  const open = withFaults(
    (options) => {
      const channel = new FakeChannel(options, answer);
      channels.push(channel);
      return channel;
    },
    ...faults,
  );
  return { client: new Client({ protocol: rtnetlink, open, timeout: 200 }), channels };
}

const GETLINK = 18;
const DUMP = 0x300;
const ACK = 4;

function answer(request: Sent, channel: FakeChannel): Uint8Array[] {
  if (request.type === GETLINK && (request.flags & DUMP) === DUMP)
    return [linkOf(request, channel.portId, true), ackOf(request, channel.portId, 0, true)];
  if (request.type === GETLINK) return [linkOf(request, channel.portId, false)];
  return request.flags & ACK ? [ackOf(request, channel.portId, 0)] : [];
}

describe("refusals", () => {
  test("with the kernel's words and the field they point at", async () => {
    const { client } = clientWith(
      refuse("EBUSY", { request: "RTM_NEWLINK", message: "Device is in use", at: "linkinfo.data.id" }),
    );
    const error = await client
      .request(newLink({ ifname: "vx0", linkinfo: { kind: "vxlan", data: { id: 7 } } }))
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(KernelError);
    expect(error).toMatchObject({
      code: "EBUSY",
      kernelMessage: "Device is in use",
      path: "linkinfo.data.id",
      attribute: "IFLA_VXLAN_ID",
    });
  });

  test("only of the chosen requests", async () => {
    const { client, channels } = clientWith(refuse("EPERM", { request: "RTM_NEWLINK", after: 1, times: 2 }));
    const change = () => client.request(setLink({ ifiIndex: 1 }));
    await change();
    await expect(change()).rejects.toMatchObject({ code: "EPERM" });
    await client.request(getLink({ ifiIndex: 1 }));
    await expect(change()).rejects.toMatchObject({ code: "EPERM" });
    await change();
    expect(channels[0]!.sent).toHaveLength(3);
  });

  test("in the middle of many in one send", async () => {
    const { client, channels } = clientWith(refuse("EEXIST", { after: 1 }));
    const results = client.pipeline([1, 2, 3].map((ifiIndex) => setLink({ ifiIndex })));
    const settled = await Promise.allSettled(results);
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(channels[0]!.sends).toBe(1);
    expect(channels[0]!.sent).toHaveLength(2);
  });

  test("of dumps", async () => {
    const { client } = clientWith(refuse("EPERM", { request: "RTM_GETLINK" }));
    await expect(client.list(listLinks())).rejects.toMatchObject({ code: "EPERM" });
    expect(await client.list(listLinks())).toHaveLength(1);
  });

  test("wrong use is an InputError", async () => {
    expect(() => refuse("EWHAT")).toThrow(/code: expected an error's name/);
    const { client } = clientWith(refuse("EINVAL", { at: "linkinfo.kind" }));
    await expect(client.request(setLink({ ifiIndex: 1 }))).rejects.toThrow(/at: expected a field/);
  });
});

describe("arrivals", () => {
  test("an overrun, once", async () => {
    const { client } = clientWith(overrun({ lost: 5 }));
    const error = await client.request(setLink({ ifiIndex: 1 })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OverrunError);
    expect(error).toMatchObject({ lost: 5 });
    expect(client.channel.lost()).toBe(5);
    await client.request(setLink({ ifiIndex: 1 }));
  });

  test("an overrun of notifications only", async () => {
    const { client, channels } = clientWith(overrun({ request: "none" }));
    await client.request(getLink({ ifiIndex: 1 }));
    const changes = client.subscribe([RTNLGRP_LINK]);
    const notification = linkOf({ sequence: 0 }, 0, false);
    channels.at(-1)!.queue.push(notification, notification);
    await expect(changes.next()).rejects.toThrow(OverrunError);
    expect((await changes.next()).value).toMatchObject({ type: "RTM_NEWLINK" });
    expect(changes.lost).toBe(1);
    changes.close();
  });

  test("a dump that changes interrupt, repeated until it is whole", async () => {
    const { client, channels } = clientWith(interruptDump({ times: 2 }));
    expect(await client.list(listLinks())).toHaveLength(1);
    expect(channels.flatMap(({ sent }) => sent)).toHaveLength(3);
    const always = clientWith(interruptDump({ times: 9 }));
    await expect(always.client.list(listLinks(), { retries: 2 })).rejects.toThrow(DumpInterruptedError);
  });

  test("a datagram that was cut", async () => {
    const { client } = clientWith(truncate(30, { request: "RTM_GETLINK" }));
    await expect(client.request(getLink({ ifiIndex: 1 }))).rejects.toThrow(/was cut/);
    expect(await client.request(getLink({ ifiIndex: 1 }))).toMatchObject({ ifname: "eth0" });
  });

  test("an answer that takes a while", async () => {
    const { client } = clientWith(late({ turns: 3 }));
    const events: string[] = [];
    const request = client.request(getLink({ ifiIndex: 1 })).then(() => events.push("answer"));
    setImmediate(() => events.push("turn"));
    await request;
    expect(events).toEqual(["turn", "answer"]);
    expect(await client.request(getLink({ ifiIndex: 1 }))).toMatchObject({ ifname: "eth0" });
  });

  test("late answers among others, and of dumps", async () => {
    const { client } = clientWith(late({ request: "RTM_GETLINK", turns: 2, times: 2 }));
    const [link, change, list] = await Promise.all([
      client.request(getLink({ ifiIndex: 1 })),
      client.request(setLink({ ifiIndex: 1 })),
      client.list(listLinks()),
    ]);
    expect(link).toMatchObject({ ifname: "eth0" });
    expect(change).toBeUndefined();
    expect(list).toHaveLength(1);
  });

  test("an answer that is lost", async () => {
    const { client } = clientWith(late({ turns: Number.POSITIVE_INFINITY }));
    await expect(client.request(setLink({ ifiIndex: 1 }), { timeout: 20 })).rejects.toThrow(TimeoutError);
    await client.request(setLink({ ifiIndex: 1 }));
  });

  test("an answer that comes twice", async () => {
    const { client } = clientWith(duplicate({ times: 9 }));
    expect(await client.request(getLink({ ifiIndex: 1 }))).toMatchObject({ ifname: "eth0" });
    await client.request(setLink({ ifiIndex: 1 }));
    expect(await client.request(getLink({ ifiIndex: 1 }))).toMatchObject({ ifname: "eth0" });
    expect(await client.list(listLinks())).toHaveLength(2);
  });
});

describe("a kernel that lacks an attribute", () => {
  test.each(["IFLA_MTU", "mtu"])("%s", async (name) => {
    const { client } = clientWith(lack(name));
    const link = await client.request(getLink({ ifiIndex: 1 }));
    expect(link).toMatchObject({ ifname: "eth0", linkinfo: { kind: "vlan", data: { id: 5 } } });
    expect(link).not.toHaveProperty("mtu");
    const [listed] = await client.list(listLinks());
    expect(listed).not.toHaveProperty("mtu");
  });

  test("inside of others, whose lengths stay right", async () => {
    const { client } = clientWith(lack("linkinfo.data.id"));
    const link = await client.request(getLink({ ifiIndex: 1 }));
    expect(link).toMatchObject({
      ifname: "eth0",
      mtu: 1500,
      linkinfo: { kind: "vlan", data: { protocol: "8021q" } },
    });
    expect((link as { linkinfo: { data: object } }).linkinfo.data).not.toHaveProperty("id");
    expect(link).not.toHaveProperty("unknown");
  });

  test("and refuses it", async () => {
    const { client } = clientWith(lack("IFLA_MTU", { refuse: true }));
    await expect(client.request(setLink({ ifiIndex: 1, mtu: 9 }))).rejects.toMatchObject({
      code: "EINVAL",
      path: "mtu",
      kernelMessage: "Unknown attribute type",
    });
    await client.request(setLink({ ifiIndex: 1 }));
  });
});

test("faults go together, and each message keeps its length", async () => {
  const lengths: number[] = [];
  const spy: Fault = {
    arrives({ bytes }) {
      for (const { length, cut } of messagesOf(new Input(bytes))) lengths.push(cut ? -1 : length);
      return undefined;
    },
  };
  const { client } = clientWith(spy, refuse("EPERM", { request: "RTM_NEWLINK" }), lack("IFLA_MTU"), late());
  await expect(client.request(setLink({ ifiIndex: 1 }))).rejects.toMatchObject({ code: "EPERM" });
  expect(await client.request(getLink({ ifiIndex: 1 }))).not.toHaveProperty("mtu");
  expect(lengths.length).toBeGreaterThan(0);
  expect(lengths).not.toContain(-1);
});
