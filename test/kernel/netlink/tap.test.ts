/** What an nlmon device hears. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Netns } from "../../../src/index.ts";
import { SystemError } from "../../../src/netlink/errors.ts";
import { Tap } from "../../../src/netlink/socket/tap.ts";
import { whyNoLink } from "../support/bridge.ts";

const noNlmon = await whyNoLink({ ifname: "nlmon0", kind: "nlmon" }, "the kernel has no nlmon");

let ns: Netns;
beforeAll(async () => {
  ns = await Netns.anonymous();
});
afterAll(() => ns?.close());

test("a device that is not there is an error, and leaves no descriptor", () => {
  expect(() => new Tap({ index: 9999, netns: ns.fd })).toThrow(SystemError);
});

describe.skipIf(noNlmon)(`tap${noNlmon ? ` (skipped: ${noNlmon})` : ""}`, () => {
  test("hears requests and answers with protocol and time, keeps count of losses, closes twice", async () => {
    await ns.link.add({ ifname: "nlmon0", kind: "nlmon", up: true });
    const { ifindex } = (await ns.link.get("nlmon0"))!;
    const tap = new Tap({ index: ifindex, netns: ns.fd });
    const before = Date.now();
    const readable = new Promise<void>((resolve) => tap.wait(resolve));
    await ns.link.get("lo");
    await readable;
    const heard = [];
    for (let next = tap.receive(); next; next = tap.receive()) {
      const view = new DataView(next.bytes.slice().buffer);
      heard.push({ type: view.getUint16(4, true), protocol: next.protocol, length: next.length });
      expect(view.getUint32(0, true)).toBeLessThanOrEqual(next.length);
      expect(Math.abs(next.time - before)).toBeLessThan(5000);
    }
    expect(heard.map(({ type }) => type)).toEqual([18, 16]);
    expect(heard.map(({ protocol }) => protocol)).toEqual([0, 0]);
    expect(tap.lost()).toBe(0);
    tap.close();
    tap.close();
    expect(tap.receive()).toBeUndefined();
    expect(() => tap.wait(() => {})).toThrow("closed");

    const small = new Tap({ index: ifindex, netns: ns.fd, receiveBuffer: 4096 });
    for (let i = 0; i < 20; i++) await ns.link.get("lo");
    expect(small.lost()).toBeGreaterThan(0);
    small.close();
    expect(small.lost()).toBeGreaterThan(0);
  });
});
