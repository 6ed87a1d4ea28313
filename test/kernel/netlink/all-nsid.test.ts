/** Notifications of other namespaces, and their ids. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Netns } from "../../../src/index.ts";
import { OverrunError } from "../../../src/netlink/errors.ts";
import type { Channel } from "../../../src/netlink/socket/channel.ts";
import { openChannel } from "../../../src/netlink/socket/open.ts";
import { RTNLGRP_LINK, RTNLGRP_NSID } from "../../../src/rtnl/groups.ts";

let here: Netns;
let there: Netns;
let channel: Channel;

beforeAll(async () => {
  here = await Netns.anonymous();
  there = await Netns.anonymous();
  await here.setNsid({ fd: there.fd }, 7);
});
afterAll(() => {
  channel?.close();
  here?.close();
  there?.close();
});

function heard(): { groups: number | undefined; nsid: number | undefined; portId: number }[] {
  const all = [];
  for (let next = channel.receive(); next; next = channel.receive()) {
    const { groups, nsid, portId, bytes, length } = next;
    expect(bytes.length).toBe(length);
    all.push({ groups, nsid, portId });
  }
  return all;
}

test("with allNsid: the group, and the id of the namespace where it is another", async () => {
  channel = openChannel({ protocol: 0, use: "stream", netns: here.fd, allNsid: true });
  channel.join(RTNLGRP_LINK);
  await there.link.set("lo", { up: true });
  await here.link.set("lo", { up: true });
  const groups = 1 << (RTNLGRP_LINK - 1);
  expect(heard()).toEqual([
    { groups, nsid: 7, portId: 0 },
    { groups, nsid: undefined, portId: 0 },
  ]);
});

test("an overrun is told as without", async () => {
  channel.close();
  channel = openChannel({ protocol: 0, use: "stream", netns: here.fd, allNsid: true, receiveBuffer: 4096 });
  channel.join(RTNLGRP_LINK);
  for (let i = 0; i < 20; i++) await there.link.set("lo", { up: i % 2 === 1 });
  expect(() => heard()).toThrow(OverrunError);
  expect(heard()).toEqual([]);
});

test("without it: this namespace alone", async () => {
  channel.close();
  channel = openChannel({ protocol: 0, use: "stream", netns: here.fd });
  channel.join(RTNLGRP_LINK);
  channel.join(RTNLGRP_NSID);
  await there.link.set("lo", { up: false });
  await here.link.set("lo", { up: false });
  expect(heard()).toEqual([{ groups: 1, nsid: undefined, portId: 0 }]);
});
