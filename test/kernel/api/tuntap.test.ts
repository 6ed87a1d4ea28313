/** TUN and TAP links as `ip tuntap` has them, and the packets that go through them. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import type { TuntapAdd, TuntapQueue } from "../../../src/index.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("tuntap");
const missing = existsSync("/dev/net/tun") ? "" : " (skipped: no /dev/net/tun)";
const script = (name: string) => new URL(`../support/${name}`, import.meta.url).pathname;

afterEach(async () => {
  for (const { ifname } of await on.ns.tuntap.list()) await on.ns.link.delete(ifname);
});

/** What `ip tuntap` prints; the kernel tells of two flags in files alone. */
function printed(): Json[] {
  const files = ["one_queue", "filter"];
  const links = JSON.parse(on.observer.ip("-j tuntap show") || "[]") as Json[];
  return links.map(({ flags, ...link }) => ({
    ...link,
    flags: flags.filter((flag: string) => !files.includes(flag)),
  }));
}

const cases: [options: TuntapAdd, ip: string][] = [
  [{ ifname: "x0", mode: "tun" }, "dev x0 mode tun"],
  [{ ifname: "x0", mode: "tap" }, "dev x0 mode tap"],
  [{ ifname: "x0", mode: "tun", pi: true }, "dev x0 mode tun pi"],
  [{ ifname: "x0", mode: "tap", vnetHdr: true, multiQueue: true }, "dev x0 mode tap vnet_hdr multi_queue"],
  [
    { ifname: "x0", mode: "tun", oneQueue: true, user: 1234, group: "daemon" },
    "dev x0 mode tun one_queue user 1234 group daemon",
  ],
  [{ ifname: "x0", mode: "tap", user: "daemon", group: 0 }, "dev x0 mode tap user daemon group 0"],
];

describe.skipIf(missing !== "")(`links${missing}`, () => {
  test.each(cases)("%j", async (options, ip) => {
    expect(await on.ns.tuntap.add(options)).toBe("x0");
    const made = printed();
    const detailed = on.observer.ipJson("link show dev x0")[0]!.linkinfo;
    expect(await on.ns.tuntap.list()).toEqual(made);
    await on.ns.tuntap.delete("x0");
    expect(printed()).toEqual([]);
    on.observer.ip(`tuntap add ${ip}`);
    expect(await on.ns.tuntap.list()).toEqual(made);
    expect(on.observer.ipJson("link show dev x0")[0]!.linkinfo).toEqual(detailed);
    on.observer.ip(`tuntap del ${ip.replace(/ (user|group).*/, "")}`);
    expect(await on.ns.tuntap.list()).toEqual([]);
  });

  test("the kernel chooses a name", async () => {
    expect(await on.ns.tuntap.add({ mode: "tap" })).toBe("tap0");
    expect(await on.ns.tuntap.add({ mode: "tap", ifname: "vm%d" })).toBe("vm0");
    expect(await on.ns.tuntap.add({ mode: "tap", ifname: "vm%d" })).toBe("vm1");
    expect((await on.ns.tuntap.list()).map(({ ifname }) => ifname).sort()).toEqual(["tap0", "vm0", "vm1"]);
  });

  test("what cannot be is refused with its reason", async () => {
    const { tuntap } = on.ns;
    const failure = (options: object) =>
      failureOf(() => tuntap.add({ mode: "tun", ...options } as TuntapAdd));
    await tuntap.add({ ifname: "x0", mode: "tun" });
    expect(await failure({ ifname: "x0" })).toMatchObject({
      code: "EBUSY",
      syscall: "ioctl",
      subject: 'TUNSETIFF "x0"',
    });
    expect(await failure({ ifname: "a b" })).toMatchObject({ code: "EINVAL" });
    expect(await failure({ ifname: "a-name-too-long-" })).toMatchObject({
      name: "InputError",
      path: "ifname",
    });
    expect(await failure({ mode: "veth" })).toMatchObject({ name: "InputError", path: "mode" });
    expect(await failure({ user: "nobody-of-that-name" })).toMatchObject({
      name: "InputError",
      path: "user",
    });
    expect(await failure({ group: -1 })).toMatchObject({ name: "InputError", path: "group" });
    expect(await failure({ name: "x1" })).toMatchObject({ name: "InputError", path: "name" });
    expect(await failureOf(() => tuntap.delete("nope"))).toMatchObject({ code: "ENODEV", path: "ifname" });
    expect(await failureOf(() => tuntap.delete("lo"))).toMatchObject({ name: "InputError", path: "ifname" });
    expect(await failureOf(() => tuntap.open({ ifname: "x0", mode: "tap" }))).toMatchObject({
      code: "EINVAL",
    });
    const queue = await tuntap.open({ ifname: "x0", mode: "tun" });
    expect(await failureOf(() => tuntap.delete("x0"))).toMatchObject({ code: "EBUSY" });
    queue.close();
    expect(printed()).toHaveLength(1);
  });
});

/** The reply to an ICMP echo request: addresses swapped; the type's change of 8 makes up for the checksum. */
function echoReply(packet: Uint8Array): Uint8Array {
  const reply = packet.slice();
  reply.set(packet.subarray(16, 20), 12);
  reply.set(packet.subarray(12, 16), 16);
  reply[20] = 0;
  const sum = new DataView(reply.buffer, reply.byteOffset + 22, 2);
  const more = sum.getUint16(0) + 0x0800;
  sum.setUint16(0, (more & 0xffff) + (more >> 16));
  return reply;
}

const isEcho = (packet: Uint8Array) => packet[0]! >> 4 === 4 && packet[9] === 1 && packet[20] === 8;

async function up(queue: TuntapQueue): Promise<void> {
  await on.ns.link.set(queue.ifname, { inet6AddrGenMode: "none", up: true });
  await on.ns.addr.add(queue.ifname, "10.9.0.1/24");
}

describe.skipIf(missing !== "")(`packets${missing}`, () => {
  test("pings that are answered by this program", async () => {
    await using queue = await on.ns.tuntap.open({ mode: "tun" });
    expect(await on.ns.tuntap.list()).toEqual([{ ifname: queue.ifname, flags: ["tun"] }]);
    await up(queue);
    const answering = (async () => {
      let count = 0;
      for await (const packet of queue.packets()) {
        if (!isEcho(packet)) continue;
        queue.write(echoReply(packet));
        if (++count === 3) break;
      }
      return count;
    })();
    const ping = await on.ns.exec("python3", [script("ping.py"), "10.9.0.2", "3"]);
    expect(ping).toMatchObject({ stdout: "3\n", exitCode: 0 });
    expect(await answering).toBe(3);
    queue.close();
    expect(await on.ns.tuntap.list()).toEqual([]);
  });

  test("a burst is read whole and in its order", async () => {
    await using queue = await on.ns.tuntap.open({ mode: "tun", ifname: "x0" });
    await up(queue);
    await on.ns.exec("bash", ["-c", "for i in {100..399}; do echo $i > /dev/udp/10.9.0.2/9; done"]);
    const heard: string[] = [];
    for await (const packet of queue.packets()) {
      if (packet[9] === 17) heard.push(new TextDecoder().decode(packet.subarray(28, 31)));
      if (heard.length === 300) break;
    }
    expect(heard).toEqual(Array.from({ length: 300 }, (_, i) => String(i + 100)));
  });

  test("frames of a TAP, with the packet information in front", async () => {
    await on.ns.tuntap.add({ mode: "tap", ifname: "x0", pi: true });
    const queue = await on.ns.tuntap.open({ mode: "tap", ifname: "x0", pi: true });
    await up(queue);
    await on.ns.exec("bash", ["-c", "echo some > /dev/udp/10.9.0.2/9"]);
    for await (const frame of queue.packets()) {
      // struct tun_pi, then an ARP request to all.
      if (frame[17] !== 0x06) continue;
      const hex = Buffer.from(frame).toString("hex");
      expect(hex).toMatch(/^00000806ffffffffffff.{12}0806000108000604000[1]/);
      break;
    }
    queue.close();
    // It was made to stay.
    expect(await on.ns.tuntap.list()).toEqual([{ ifname: "x0", flags: ["tap", "pi", "persist"] }]);
  });

  test("several queues of one link", async () => {
    const options = { mode: "tun", ifname: "x0", multiQueue: true } as const;
    await using one = await on.ns.tuntap.open(options);
    await using two = await on.ns.tuntap.open(options);
    expect([one.ifname, two.ifname]).toEqual(["x0", "x0"]);
    expect(await on.ns.link.get("x0")).toMatchObject({
      kind: "tun",
      data: { multiQueue: true, numQueues: 2 },
    });
    expect(await failureOf(() => on.ns.tuntap.open({ mode: "tun", ifname: "x0" }))).toMatchObject({
      code: "EINVAL",
    });
  });

  test("reading ends: closed, aborted, the link deleted, somebody else at it", async () => {
    const open = async () => {
      const queue = await on.ns.tuntap.open({ mode: "tun", ifname: "x0" });
      await up(queue);
      return queue;
    };
    const all = async (queue: TuntapQueue, signal?: AbortSignal) => {
      for await (const _packet of queue.packets(signal ? { signal } : {})) void 0;
      return "ended";
    };
    const closed = await open();
    const ending = all(closed);
    expect(await failureOf(() => all(closed))).toMatchObject({ code: "ERR_NETLINK_BUSY" });
    await new Promise((resolve) => setTimeout(resolve, 20));
    closed.close();
    closed.close();
    expect(await ending).toBe("ended");
    expect(() => closed.write(new Uint8Array(20))).toThrow(/closed/);

    await using aborted = await open();
    const failed = failureOf(() => all(aborted, AbortSignal.timeout(20)));
    expect(await failed).toMatchObject({ name: "TimeoutError" });
    const gone = failureOf(() => all(aborted));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await on.ns.link.delete("x0");
    expect(await gone).toMatchObject({ code: "EBADFD", message: expect.stringContaining("deleted") });
  });

  test("what cannot be written", async () => {
    await using queue = await on.ns.tuntap.open({ mode: "tun", ifname: "x0" });
    const failure = (packet: Uint8Array) => failureOf(async () => queue.write(packet));
    expect(await failure(Uint8Array.of(0x45))).toMatchObject({ code: "EIO", subject: "x0" });
    await up(queue);
    expect(await failure(Uint8Array.of(0))).toMatchObject({ code: "EINVAL" });
    expect(await failure("x" as never)).toMatchObject({ name: "InputError", path: "packet" });
  });

  test("keeps a process alive only while it waits for packets", () => {
    const index = new URL("../../../src/index.ts", import.meta.url).pathname;
    const run = (more: string) => {
      const code = `
        import { Netns } from ${JSON.stringify(index)};
        const ns = await Netns.anonymous();
        const queue = await ns.tuntap.open({ mode: "tun" });
        ${more}`;
      const args = ["--import", "tsx", "--input-type=module", "-e", code];
      return execFileSync(process.execPath, args, { encoding: "utf8", timeout: 20_000, stdio: "pipe" });
    };
    expect(run(`console.log(queue.ifname)`)).toBe("tun0\n");
    const waits = `
      setTimeout(() => { console.log("waited"); queue.close(); }, 200).unref();
      for await (const packet of queue.packets()) console.log(packet.length);`;
    expect(run(waits)).toBe("waited\n");
  });
});
