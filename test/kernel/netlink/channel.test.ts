import { spawnSync } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { ClosedError, InputError, NetlinkError, OverrunError } from "../../../src/netlink/errors.ts";
import { openChannel } from "../../../src/netlink/socket/open.ts";
import { ip, NETLINK_ROUTE, netns, open, openApart, sendFromOther, withoutUnixDgram } from "./apart.ts";
import * as raw from "./raw.ts";

const ENODEV = 19;
const ECONNREFUSED = 111;
const OPEN = new URL("../../../src/netlink/socket/open.ts", import.meta.url).href;

const kinds = [
  { kind: "unix-dgram", skip: withoutUnixDgram },
  { kind: "koffi", skip: undefined },
] as const;

const descriptors = () => readdirSync("/proc/self/fd").length;
const sockets = () =>
  readdirSync("/proc/self/fd").filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith("socket:");
    } catch {
      return false; // the descriptor of the listing itself
    }
  }).length;

/** Runs a program that has `openChannel` in a process of its own. */
function run(program: string) {
  const source = `import { openChannel } from ${JSON.stringify(OPEN)};\n${program}`;
  const args = ["--import", "tsx", "--input-type=module", "-e", source];
  return spawnSync(process.execPath, args, { encoding: "utf8", timeout: 20_000 });
}

describe.each(kinds)("$kind channel", ({ kind, skip }) => {
  const it = test.skipIf(skip);

  it("carries requests and dumps", () => {
    const channel = open({ kind });
    expect(channel.kind).toBe(kind);
    expect(channel.protocol).toBe(NETLINK_ROUTE);
    expect(channel.portId).not.toBe(0);
    channel.send(raw.getLink(1, 77));
    const [link] = raw.messagesIn(channel.receive()!);
    expect(link).toMatchObject({ type: raw.RTM_NEWLINK, sequence: 77 });
    expect(raw.nameOf(link!)).toBe("lo");
    expect(channel.receive()).toBeUndefined();
    const routes = raw.dump(channel, raw.message(raw.RTM_GETROUTE, raw.DUMP, 78, Buffer.alloc(12))).flat();
    expect(routes.length).toBeGreaterThan(1);
    expect(new Set(routes.map((route) => route.sequence))).toEqual(new Set([78]));
  });

  it("carries a dump of several datagrams, read at once or as the loop turns", async () => {
    const channel = openApart({ kind });
    const count = 1000;
    channel.send(Buffer.concat(Array.from({ length: count }, (_, i) => raw.addLoopbackAddress(i + 1))));
    expect(channel.receive()).toBeUndefined();
    const request = raw.message(raw.RTM_GETADDR, raw.DUMP, 5, Buffer.from([2, 0, 0, 0, 0, 0, 0, 0]));
    const datagrams = raw.dump(channel, request);
    expect(datagrams.length).toBeGreaterThan(2);
    expect(datagrams.flat()).toHaveLength(count + 1);

    channel.send(request);
    const slowly = [];
    while (slowly.at(-1)?.type !== 3) {
      await raw.readable(channel);
      slowly.push(...raw.messagesIn(channel.receive()!));
      await sleep(1);
    }
    expect(slowly.map(({ payload }) => payload.toString("hex"))).toEqual(
      datagrams.flat().map(({ payload }) => payload.toString("hex")),
    );
  });

  it("calls a waiter once, when something comes", async () => {
    const channel = open({ kind });
    let calls = 0;
    channel.wait(() => calls++);
    await sleep(60);
    expect(calls).toBe(0);
    channel.send(raw.getLink(1));
    channel.send(raw.getLink(1));
    await sleep(60);
    expect(calls).toBe(1);
    expect(raw.messagesIn(channel.receive()!)).toHaveLength(1);
    await raw.readable(channel);
    expect(raw.messagesIn(channel.receive()!)).toHaveLength(1);
    expect(channel.receive()).toBeUndefined();
    channel.wait(() => calls++);
    channel.wait(undefined);
    channel.send(raw.getLink(1));
    await sleep(20);
    expect(calls).toBe(1);
  });

  it("may be closed by its waiter, and throws what a waiter throws", async () => {
    const channel = open({ kind });
    channel.send(raw.getLink(1));
    await new Promise<void>((resolve) => {
      channel.wait(() => {
        channel.close();
        resolve();
      });
    });
    const { stderr, status } = run(`
      const channel = openChannel({ protocol: 0, use: "requests", kind: "${kind}" });
      channel.wait(() => { throw new Error("thrown by the waiter"); });
      channel.send(Buffer.from(${JSON.stringify([...raw.getLink(1)])}));
    `);
    expect(stderr).toContain("thrown by the waiter");
    expect(status).toBe(1);
  });

  it("counts what an overrun lost, and goes on", async () => {
    const channel = open({ kind, receiveBuffer: 4096 });
    const sent = 100;
    expect(channel.maxReplies).toBeLessThan(sent);
    channel.send(Buffer.concat(Array.from({ length: sent }, (_, i) => raw.getLink(9999, i + 1))));
    await raw.readable(channel);
    await sleep(10); // the loop sees the socket in this state, too
    let received = 0;
    const drain = () => {
      for (let datagram = channel.receive(); datagram; datagram = channel.receive()) {
        expect(raw.errnoOf(datagram)).toBe(ENODEV);
        received++;
      }
    };
    let overrun: unknown;
    try {
      drain();
    } catch (error) {
      overrun = error;
    }
    expect(received).toBeGreaterThanOrEqual(channel.maxReplies);
    expect(overrun).toBeInstanceOf(OverrunError);
    expect(overrun).toMatchObject({ code: "ENOBUFS", lost: sent - received });
    expect(channel.lost()).toBe(sent - received);
    expect(channel.receive()).toBeUndefined();
    channel.send(raw.getLink(9999));
    expect(raw.errnoOf(channel.receive())).toBe(ENODEV);
    expect(channel.receive()).toBeUndefined();
  });

  it("holds as many replies as it says", () => {
    const channel = openApart({ kind, receiveBuffer: 64 << 10 });
    const message = raw.addLoopbackAddress(1, raw.ACK);
    channel.send(Buffer.concat(Array.from({ length: channel.maxReplies }, () => message)));
    let received = 0;
    while (channel.receive()) received++;
    expect(received).toBe(channel.maxReplies);
    expect(channel.lost()).toBe(0);
  });

  it("takes up to maxSend bytes and refuses what is no datagram", () => {
    const channel = open({ kind });
    channel.send(new Uint8Array(channel.maxSend));
    for (const wrong of [new Uint8Array(0), new Uint8Array(channel.maxSend + 1), "text", null]) {
      expect(() => channel.send(wrong as Uint8Array)).toThrow(InputError);
    }
  });

  it("receives a reply of more than 64 KiB whole", async () => {
    const channel = openApart({ kind });
    for (let number = 0; number < 496; number++) {
      const name = raw.attribute(53, Buffer.from(`${String(number).padStart(126, "x")}\0`));
      const list = raw.attribute(52 | 0x8000, name);
      channel.send(raw.message(raw.RTM_NEWLINKPROP, raw.ACK | 0xe00, 1, raw.ifinfomsg(1), list));
      expect(raw.errnoOf(channel.receive())).toBe(0);
    }
    channel.send(raw.getLink(1));
    const whole = channel.receive()!;
    expect(whole.bytes.length).toBeGreaterThan(65536);
    expect(whole.length).toBe(whole.bytes.length);
    channel.send(raw.getLink(1));
    await raw.readable(channel);
    const waitedFor = channel.receive()!;
    // unix-dgram's watch reads 64 KiB: then it must be seen that something is missing.
    if (kind === "koffi") expect(waitedFor.length).toBe(waitedFor.bytes.length);
    else expect(waitedFor.length).toBeGreaterThan(waitedFor.bytes.length);
  });

  it("refuses what other processes send to it", () => {
    const channel = open({ kind });
    expect(sendFromOther(channel.portId, 0)).toMatchObject({ result: -1, errno: ECONNREFUSED });
    expect(channel.receive()).toBeUndefined();
  });

  it("does not keep the process alive, unless somebody waits", () => {
    const request = `Buffer.from(${JSON.stringify([...raw.getLink(1)])})`;
    const idle = run(`
      const channel = openChannel({ protocol: 0, use: "requests", kind: "${kind}" });
      channel.send(${request});
      console.log(channel.receive().bytes.length > 16);
    `);
    expect(idle).toMatchObject({ status: 0, stdout: "true\n", stderr: "" });
    const waiting = run(`
      const channel = openChannel({ protocol: 0, use: "requests", kind: "${kind}" });
      channel.wait(() => console.log(channel.receive().bytes.length > 16));
      setTimeout(() => channel.send(${request}), 150).unref();
    `);
    expect(waiting).toMatchObject({ status: 0, stdout: "true\n", stderr: "" });
  });

  it("is the same after a rest, in the same namespace", async () => {
    ip("link", "add", "rest0", "type", "veth", "peer", "name", "rest1");
    open({ kind: "koffi" }); // so that the port id is not the process id, which the kernel would give again
    const channel = open({ kind });
    const { portId } = channel;
    expect(portId).not.toBe(process.pid);
    const before = sockets();
    await sleep(100);
    expect(sockets()).toBe(kind === "unix-dgram" ? before - 1 : before);
    const home = open({ netns: undefined, kind });
    const [names, namesAtHome] = [channel, home].map((one) =>
      raw
        .dump(one, raw.message(raw.RTM_GETLINK, raw.DUMP, 1, raw.ifinfomsg(0)))
        .flatMap((links) => links.filter(({ type }) => type === raw.RTM_NEWLINK).map(raw.nameOf)),
    );
    ip("link", "del", "rest0");
    expect(names).toEqual(expect.arrayContaining(["lo", "rest0", "rest1"]));
    expect(namesAtHome).not.toContain("rest0");
    expect(channel.portId).toBe(portId);
    expect(sockets()).toBe(before + 1);
  });

  it("keeps for a late reader what came while nobody waited", async () => {
    const channel = open({ kind });
    for (const sequence of [1, 2, 3]) channel.send(raw.getLink(1, sequence));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60); // timers are due before the loop reads anything
    await sleep(100);
    channel.send(raw.getLink(1, 4));
    const sequences = [];
    for (let datagram = channel.receive(); datagram; datagram = channel.receive()) {
      sequences.push(raw.messagesIn(datagram)[0]!.sequence);
    }
    expect(sequences).toEqual([1, 2, 3, 4]);
  });

  it("refuses to work once closed", () => {
    const channel = open({ kind });
    channel.send(raw.getLink(1));
    channel.close();
    channel.close();
    expect(() => channel.send(raw.getLink(1))).toThrow(ClosedError);
    expect(() => channel.wait(() => {})).toThrow(ClosedError);
    expect(channel.receive()).toBeUndefined();
    expect(channel.lost()).toBe(0);
    channel.wait(undefined);
  });

  it("leaves nothing behind: 10,000 opened, used and closed in a namespace", async () => {
    const before = descriptors();
    for (let i = 0; i < 10_000; i++) {
      const channel = openChannel({ protocol: NETLINK_ROUTE, use: "requests", netns, kind });
      if (i % 100 === 0) {
        channel.send(raw.getLink(1));
        await raw.readable(channel);
      }
      channel.close();
    }
    await sleep(50);
    expect(descriptors()).toBe(before);
  });

  it("leaves nothing behind where it cannot be opened", () => {
    const before = descriptors();
    expect(() => open({ kind, protocol: 31 })).toThrow(
      expect.objectContaining({ code: "EPROTONOSUPPORT", syscall: "socket" }),
    );
    expect(() => open({ kind, receiveBuffer: -1, protocol: 99 })).toThrow(NetlinkError);
    expect(descriptors()).toBe(before);
  });
});
