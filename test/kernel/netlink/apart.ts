/** Channels in a namespace of the test file's own, closed after each test. */
import { execFileSync } from "node:child_process";
import { closeSync, readlinkSync } from "node:fs";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import type { Channel, ChannelOptions } from "../../../src/netlink/socket/channel.ts";
import { inNetns, inNewNetns, openCurrentNetns } from "../../../src/netlink/socket/netns.ts";
import { openChannel } from "../../../src/netlink/socket/open.ts";
import { loadUnixDgram } from "../../../src/netlink/socket/unix-dgram-binding.ts";
import * as raw from "./raw.ts";

export const NETLINK_ROUTE = 0;
const HOME = readlinkSync("/proc/thread-self/ns/net");

/** The namespace, with lo up. */
export let netns: number;
let opened: Channel[] = [];

beforeAll(() => {
  netns = inNewNetns(openCurrentNetns);
  ip("link", "set", "lo", "up");
});
afterEach(() => {
  for (const channel of opened) channel.close();
  opened = [];
});
afterAll(() => closeSync(netns));

/** Why unix-dgram cannot be tested here. */
export const withoutUnixDgram = ((): string | undefined => {
  try {
    loadUnixDgram();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
})();

export function open(options: Partial<ChannelOptions>): Channel {
  const channel = openChannel({ protocol: NETLINK_ROUTE, netns, use: "requests", ...options });
  opened.push(channel);
  return channel;
}

/** A channel in a namespace of its own, which goes with it: whatever is wrong, the host's links are not touched. */
export function openApart(options: Partial<ChannelOptions>): Channel {
  const own = inNewNetns(openCurrentNetns);
  const channel = open({ ...options, netns: own });
  closeSync(own); // a channel does not need the descriptor it was opened with any more
  channel.send(raw.getLink(1));
  expect(raw.isUp(raw.messagesIn(channel.receive()!)[0]!)).toBe(false); // only a new namespace's lo is down
  return channel;
}

export function ip(...args: string[]): void {
  inNetns(netns, () => {
    expect(readlinkSync("/proc/thread-self/ns/net")).not.toBe(HOME);
    execFileSync("ip", args);
  });
}

/** Has another process send a link message that looks like the kernel's. */
export function sendFromOther(
  portId: number,
  groups: number,
): { result: number; errno: number; pid: number } {
  const program = `
    const koffi = require("koffi");
    const libc = koffi.load(null);
    const fd = libc.func("int socket(int, int, int)")(16, 3, 0);
    const sendto = libc.func("int sendto(int, void *, size_t, int, void *, int)");
    const bytes = Buffer.from(${JSON.stringify([...raw.message(raw.RTM_NEWLINK, 0, 1, raw.ifinfomsg(1))])});
    const result = sendto(fd, bytes, bytes.length, 0, new Uint32Array([16, ${portId}, ${groups}]), 12);
    console.log(JSON.stringify({ result, errno: koffi.errno(), pid: process.pid }));
  `;
  return JSON.parse(
    inNetns(netns, () => execFileSync(process.execPath, ["-e", program], { encoding: "utf8" })),
  );
}
