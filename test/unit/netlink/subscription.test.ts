import { expect, test, vi } from "vitest";
import { typesLater } from "../../../src/netlink/codec/protocol.ts";
import { Subscription } from "../../../src/netlink/subscription.ts";
import { rtnetlinkLater } from "../../../src/rtnl/later.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { FakeChannel } from "../../support/fake-channel.ts";
import { wire, zeros } from "../../support/wire.ts";

const { u32, message } = wire("little");
const RTM_NEWLINK = 16;
const link = (index: number) => message({ type: RTM_NEWLINK }, zeros(4), u32(index), zeros(8));

test("message types that come later are loaded once, with the first notifications", async () => {
  const channel = new FakeChannel({ protocol: 0, use: "stream" }, () => []);
  const load = vi.fn(async () => rtnetlink);
  const later = typesLater("NETLINK_ROUTE", 0, load);
  await using events = new Subscription(channel, later, [1], {}, () => {});
  expect(load).not.toHaveBeenCalled();
  channel.arrive(link(1), link(2));
  expect(await events.batch()).toMatchObject([
    { type: "RTM_NEWLINK", value: { ifiIndex: 1 } },
    { type: "RTM_NEWLINK", value: { ifiIndex: 2 } },
  ]);
  const next = events.next();
  channel.arrive(link(3));
  expect(await next).toMatchObject({ value: { type: "RTM_NEWLINK", value: { ifiIndex: 3 } } });
  expect(load).toHaveBeenCalledOnce();
});

test("a subscription that was closed meanwhile has ended", async () => {
  const channel = new FakeChannel({ protocol: 0, use: "stream" }, () => []);
  const events = new Subscription(channel, rtnetlinkLater, [1], {}, () => {});
  channel.arrive(link(1));
  const next = events.next();
  events.close();
  expect(await next).toEqual({ done: true, value: undefined });
});

test("a notification that did not fit into the buffer is one that was lost", async () => {
  const channel = new FakeChannel({ protocol: 0, use: "stream" }, () => []);
  await using events = new Subscription(channel, rtnetlink, [1], {}, () => {});
  channel.arrive(link(1), { bytes: link(2).subarray(0, 20), portId: 0, length: 200_000 }, link(3));
  expect(await events.batch()).toMatchObject([{ value: { ifiIndex: 1 } }]);
  await expect(events.batch()).rejects.toMatchObject({ code: "ENOBUFS", lost: 1 });
  expect(await events.batch()).toMatchObject([{ value: { ifiIndex: 3 } }]);
});

test("rtnetlink for clients is the protocol of nlkit/rtnl", async () => {
  const { constant, number } = rtnetlinkLater;
  expect({ constant, number }).toEqual({ constant: rtnetlink.constant, number: rtnetlink.number });
  expect(await rtnetlinkLater.load!()).toBe(rtnetlink);
});
