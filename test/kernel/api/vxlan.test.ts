import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Netns } from "../../../src/index.ts";
import { missing } from "../../support/programs.ts";

/** Two hosts joined by a cable; three containers on the bridge of one, one on that of the other. */
const hosts = { west: "10.0.0.1", east: "10.0.0.2" };
const containers = {
  red: { host: "west", address: "10.1.0.1" },
  green: { host: "west", address: "10.1.0.2" },
  blue: { host: "west", address: "10.1.0.3" },
  yellow: { host: "east", address: "10.1.0.4" },
} as const;
type Host = keyof typeof hosts;
type Container = keyof typeof containers;

const names = [...Object.keys(hosts), ...Object.keys(containers)] as (Host | Container)[];
const nameOf = (name: string) => `nlkit-vxlan-${process.pid}-${name}`;
const ns = {} as Record<Host | Container, Netns>;

beforeAll(async () => {
  for (const name of names) ns[name] = await Netns.create(nameOf(name));

  await ns.west.link.add({ ifname: "cable", kind: "veth", peer: { ifname: "cable", netns: ns.east } });
  for (const [name, local] of Object.entries(hosts) as [Host, string][]) {
    const host = ns[name];
    await host.addr.add("cable", `${local}/24`);
    await host.link.set("cable", { up: true });
    await host.link.add({ ifname: "br0", kind: "bridge", up: true });
    await host.link.add({
      ifname: "vxlan0",
      kind: "vxlan",
      master: "br0",
      up: true,
      data: { id: 42, port: 4789, local },
    });
    const others = Object.values(hosts).filter((address) => address !== local);
    for (const dst of others) {
      await host.fdb.append("vxlan0", { mac: "00:00:00:00:00:00", dst, vni: 42 });
    }
  }
  for (const [name, { host, address }] of Object.entries(containers) as [
    Container,
    (typeof containers)["red"],
  ][]) {
    const container = ns[name];
    await ns[host].link.add({
      ifname: `to-${name}`,
      kind: "veth",
      master: "br0",
      up: true,
      peer: { ifname: "eth0", netns: container, up: true },
    });
    await container.addr.add("eth0", `${address}/24`);
  }
});

afterAll(async () => {
  for (const name of names) {
    if (ns[name] === undefined) continue;
    ns[name].close();
    await Netns.delete(nameOf(name));
  }
});

const script = (name: string) => fileURLToPath(new URL(`../support/${name}`, import.meta.url));

/** How many of some echo requests were answered. */
async function ping(from: Container, to: Container, count = 3): Promise<number> {
  const args = [script("ping.py"), containers[to].address, String(count)];
  const { exitCode, stdout, stderr } = await ns[from].exec("python3", args);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return Number(stdout);
}

interface Frame {
  src: string;
  dst: string;
  port: number;
  flags: number;
  vni: number;
  mac: string;
  inner?: { protocol: number; src: string; dst: string; type: number };
}

/** Watches the eastern end of the cable for UDP datagrams to port 4789, taken apart by a program of its own. */
async function watch(): Promise<{ frames: Frame[] } & AsyncDisposable> {
  const watcher = ns.east.spawn("python3", [script("vxlan-frames.py"), "cable", "4789"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines = createInterface({ input: watcher.stdout! });
  const frames: Frame[] = [];
  expect(await once(lines, "line")).toEqual(["listening"]);
  lines.on("line", (line) => frames.push(JSON.parse(line) as Frame));
  return {
    frames,
    async [Symbol.asyncDispose]() {
      watcher.kill();
      await once(watcher, "exit");
    },
  };
}

const ICMP = 1;
const ECHO_REQUEST = 8;
const ECHO_REPLY = 0;

/** The echo requests and replies among them, as `outer → outer: inner → inner`. */
function echoes(frames: readonly Frame[], type: number): string[] {
  return frames
    .filter(({ inner }) => inner?.protocol === ICMP && inner.type === type)
    .map(({ src, dst, inner }) => `${src} → ${dst}: ${inner!.src} → ${inner!.dst}`);
}

const noPython = missing("python3");
describe.skipIf(noPython !== "")(`a bridge and a VXLAN${noPython}`, () => {
  test("three containers on a bridge reach each other, and nothing of it crosses the cable", async () => {
    await using watched = await watch();
    expect(await ping("red", "green")).toBe(3);
    expect(await ping("green", "blue")).toBe(3);
    expect(await ping("blue", "red")).toBe(3);
    expect([...echoes(watched.frames, ECHO_REQUEST), ...echoes(watched.frames, ECHO_REPLY)]).toEqual([]);
  });

  test("a container on the other host is reached through UDP port 4789", async () => {
    await using watched = await watch();
    expect(await ping("red", "yellow")).toBe(3);
    const there = "10.0.0.1 → 10.0.0.2: 10.1.0.1 → 10.1.0.4";
    const back = "10.0.0.2 → 10.0.0.1: 10.1.0.4 → 10.1.0.1";
    await vi.waitFor(() => expect(echoes(watched.frames, ECHO_REPLY)).toHaveLength(3));
    expect(echoes(watched.frames, ECHO_REQUEST)).toEqual([there, there, there]);
    expect(echoes(watched.frames, ECHO_REPLY)).toEqual([back, back, back]);
    for (const frame of watched.frames) {
      // RFC 7348: the flag says that the network identifier is valid.
      expect(frame).toMatchObject({ port: 4789, vni: 42, flags: 0x08 });
    }
  });

  test("and back", async () => {
    expect(await ping("yellow", "blue")).toBe(3);
  });

  test("each host has learned where the other's containers are", async () => {
    expect(await ping("red", "yellow", 1)).toBe(1);
    const red = (await ns.red.link.get("eth0")).address;
    const yellow = (await ns.yellow.link.get("eth0")).address;
    const of = async (host: Host, mac: string | undefined) =>
      (await ns[host].fdb.list({ dynamic: true, br: "br0" })).filter((entry) => entry.mac === mac);
    expect(await of("east", red)).toEqual(
      expect.arrayContaining([
        { mac: red, ifname: "vxlan0", dst: "10.0.0.1", flags: ["self"], state: "" },
        expect.objectContaining({ mac: red, ifname: "vxlan0", master: "br0", state: "" }),
      ]),
    );
    expect(await of("west", yellow)).toContainEqual({
      mac: yellow,
      ifname: "vxlan0",
      dst: "10.0.0.2",
      flags: ["self"],
      state: "",
    });
    expect(await ns.red.neigh.get("eth0", { dst: "10.1.0.4" })).toMatchObject({ lladdr: yellow });
  });

  test("without the far end in the forwarding database there is no way, with it there is again", async () => {
    const far = { mac: "00:00:00:00:00:00", dst: "10.0.0.2", vni: 42 };
    // What yellow knows of red goes too: it would ask after red by itself, and red learn of yellow by that.
    for (const name of ["yellow", "red"] as const) await ns[name].neigh.flush({ dev: "eth0", state: "all" });
    await ns.west.fdb.flush("vxlan0");
    expect(await ping("red", "yellow", 1)).toBe(0);
    await ns.west.fdb.append("vxlan0", far);
    await ns.red.neigh.flush({ dev: "eth0", state: "all" });
    expect(await ping("red", "yellow")).toBe(3);
  });

  test("with entries of its own the VXLAN need not flood", async () => {
    const yellow = (await ns.yellow.link.get("eth0")).address!;
    await ns.west.fdb.flush("vxlan0");
    await ns.west.fdb.add("vxlan0", { mac: yellow, dst: "10.0.0.2", state: "static" });
    await ns.red.neigh.replace("eth0", { dst: "10.1.0.4", lladdr: yellow });
    await using watched = await watch();
    expect(await ping("red", "yellow")).toBe(3);
    await vi.waitFor(() => expect(echoes(watched.frames, ECHO_REPLY)).toHaveLength(3));
    expect(watched.frames.filter(({ mac }) => mac === "ff:ff:ff:ff:ff:ff")).toEqual([]);
  });
});
