import { afterEach, beforeEach, expect, test } from "vitest";
import { Netns } from "../../../src/index.ts";
import { OverrunError } from "../../../src/netlink/errors.ts";
import { Client } from "../../../src/netlink/index.ts";
import { type Link, newRoute, RTNLGRP_IPV4_ROUTE, RTNLGRP_LINK, rtnetlink } from "../../../src/rtnl/index.ts";

let ns: Netns;

beforeEach(async () => {
  ns = await Netns.anonymous();
  await ns.link.add({ ifname: "b0", kind: "bridge", up: true });
});
afterEach(() => ns.close());

const route = (i: number, oif: number) =>
  newRoute({
    rtmFamily: "inet",
    rtmDstLen: 32,
    rtmTable: 254,
    rtmScope: "link",
    rtmType: "unicast",
    dst: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
    oif,
  });

test("changes are heard in their order", async () => {
  await using events = ns.client.subscribe([RTNLGRP_LINK]);
  await ns.link.add({ ifname: "v0", kind: "veth", peer: { ifname: "v1" } });
  await ns.link.delete("v0");
  const heard: string[] = [];
  for await (const { type, value } of events) {
    heard.push(`${type} ${(value as Link).ifname}`);
    if (type === "RTM_DELLINK" && heard.filter((word) => word.startsWith("RTM_DELLINK")).length === 2) break;
  }
  expect(heard.at(0)).toBe("RTM_NEWLINK v1");
  expect(heard).toContain("RTM_NEWLINK v0");
  expect(heard.slice(-2).sort()).toEqual(["RTM_DELLINK v0", "RTM_DELLINK v1"]);
});

test("a burst of 100,000 routes is received by a busy program", async () => {
  const { ifindex } = await ns.link.get("b0");
  await using events = ns.client.subscribe([RTNLGRP_IPV4_ROUTE]);
  const count = 100_000;
  for (let first = 0; first < count; first += 1000) {
    const requests = Array.from({ length: 1000 }, (_, i) => route(first + i, ifindex));
    // Nothing is read meanwhile: this process is busy sending.
    void Promise.all(ns.client.pipeline(requests));
  }
  let received = 0;
  while (received < count) {
    const batch = await events.batch();
    received += batch!.filter(({ type }) => type === "RTM_NEWROUTE").length;
  }
  expect(received).toBe(count);
  expect(events.lost).toBe(0);
});

test("an overrun is told with the number of messages, and the subscription goes on", async () => {
  const { ifindex } = await ns.link.get("b0");
  await using client = new Client({ protocol: rtnetlink, netns: ns.fd, receiveBuffer: 8192 });
  await using events = client.subscribe([RTNLGRP_IPV4_ROUTE]);
  await Promise.all(ns.client.pipeline(Array.from({ length: 1000 }, (_, i) => route(i, ifindex))));
  let received = 0;
  let lost = 0;
  while (lost === 0) {
    try {
      await events.next();
      received++;
    } catch (error) {
      expect(error).toBeInstanceOf(OverrunError);
      lost = (error as OverrunError).lost!;
    }
  }
  expect(received + lost).toBe(1000);
  await Promise.all(ns.client.pipeline([route(5000, ifindex)]));
  expect(await events.next()).toMatchObject({ value: { value: { dst: "10.0.19.136" } } });
});

test("it ends with its signal and with its client", async () => {
  const controller = new AbortController();
  const events = ns.client.subscribe([RTNLGRP_LINK], { signal: controller.signal });
  const next = events.next();
  controller.abort(new Error("enough"));
  await expect(next).rejects.toThrow("enough");
  const others = ns.client.subscribe([RTNLGRP_LINK]);
  const last = others.next();
  ns.client.close();
  expect(await last).toEqual({ done: true, value: undefined });
});
