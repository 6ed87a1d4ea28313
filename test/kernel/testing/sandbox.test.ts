/** Namespaces of the real kernel without root. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client } from "../../../src/netlink/client.ts";
import { RTNLGRP_LINK } from "../../../src/rtnl/groups.ts";
import { getLink, listLinks } from "../../../src/rtnl/link/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import {
  lack,
  late,
  record,
  refuse,
  replay,
  type Sandbox,
  whyNoSandbox,
  withFaults,
  withReplay,
  withSandbox,
} from "../../../src/testing/index.ts";

const why = await whyNoSandbox();
const isRoot = process.getuid?.() === 0;

async function cable({ netns, namespace }: Sandbox) {
  const blue = await namespace("blue");
  await netns.link.add({ ifname: "veth0", kind: "veth", peer: { ifname: "eth0", netns: blue } });
  return blue;
}

const descriptors = () => readdirSync("/proc/self/fd").length;
const children = () =>
  execFileSync("ps", ["-o", "pid=", "--ppid", String(process.pid)], { encoding: "utf8" })
    .trim()
    .split("\n").length;

describe.skipIf(why !== undefined)(`a sandbox${why ? ` (skipped: ${why})` : ""}`, () => {
  test("has namespaces of its own, with sockets of every use in them", async () => {
    const own = readlinkSync("/proc/self/ns/net");
    await withSandbox(async (sandbox) => {
      const blue = await cable(sandbox);
      const { netns } = sandbox;
      expect((await netns.link.list()).map(({ ifname }) => ifname)).toEqual(
        expect.arrayContaining(["lo", "veth0"]),
      );
      expect((await blue.link.get("eth0")).linkNetnsid).toBe(0);
      const changes = netns.client.subscribe([RTNLGRP_LINK]);
      await netns.link.set("veth0", { mtu: 1400 });
      expect((await changes.next()).value).toMatchObject({ type: "RTM_NEWLINK", value: { mtu: 1400 } });
      changes.close();
      expect(netns.client.channel).toMatchObject({
        kind: "koffi",
        because: expect.stringContaining("sandbox"),
      });
    });
    expect(readlinkSync("/proc/self/ns/net")).toBe(own);
  });

  test("leaves nothing behind, also when the test in it fails", async () => {
    await withSandbox(() => undefined);
    const before = [descriptors(), children()];
    for (let round = 0; round < 20; round++) {
      const failing = withSandbox(async (sandbox) => {
        await cable(sandbox);
        throw new Error("as it goes");
      });
      await expect(failing).rejects.toThrow("as it goes");
    }
    expect([descriptors(), children()]).toEqual(before);
  });

  test("several at once do not see each other", async () => {
    const names = await Promise.all(
      [1, 2, 3].map((number) =>
        withSandbox(async ({ netns }) => {
          await netns.link.add({ ifname: `v${number}`, kind: "veth", peer: { ifname: `w${number}` } });
          return (await netns.link.list({ kind: "veth" })).map(({ ifname }) => ifname).sort();
        }),
      ),
    );
    expect(names).toEqual([
      ["v1", "w1"],
      ["v2", "w2"],
      ["v3", "w3"],
    ]);
  });

  test("can be recorded, and played without it", async () => {
    const work = (netns: Sandbox["netns"]) => netns.link.list();
    const recording = await withSandbox(async (sandbox) => {
      const made = record(undefined, { open: sandbox.open });
      const red = await sandbox.namespace("red", { open: made.openAs("red") });
      return { made, seen: await work(red) };
    });
    const { fixture } = recording.made;
    expect(await withReplay(fixture, ({ netns }) => work(netns("red")))).toEqual(recording.seen);
    expect(replay(fixture).namespaces).toEqual(["red"]);
  });

  test("a namespace has its name in a recording, also where others spoke in it first", async () => {
    const fixture = await withSandbox(async ({ open, namespace }) => {
      const recording = record(undefined, { open });
      const red = await namespace("red", { open: recording.openAs("red") });
      const [blue, green] = [await namespace(), await namespace()];
      await using inBlue = red.client.inNetns(blue.fd);
      await using inGreen = red.client.inNetns(green.fd);
      for (const client of [red.client, inBlue, inGreen]) await client.request(getLink({ ifiIndex: 1 }));
      recording.name(blue, "blue");
      await using later = new Client({
        protocol: rtnetlink,
        netns: green.fd,
        open: recording.openAs("green"),
      });
      await later.request(getLink({ ifiIndex: 1 }));
      return recording.fixture;
    });
    expect(replay(fixture).namespaces).toEqual(["red", "blue", "green"]);
    await withReplay(
      fixture,
      async ({ netns }) => {
        const red = netns("red");
        await using inBlue = red.client.inNetns(netns("blue").fd);
        for (const client of [red.client, inBlue]) await client.request(getLink({ ifiIndex: 1 }));
      },
      { complete: false },
    );
  });

  test("goes wrong where it is asked to", async () => {
    await withSandbox(async (sandbox) => {
      const faults = [
        refuse("EBUSY", { request: "RTM_DELLINK" }),
        lack("IFLA_MTU"),
        late({ request: "RTM_GETLINK" }),
      ];
      const netns = await sandbox.namespace("red", { open: withFaults(sandbox.open, ...faults) });
      await netns.link.add({ ifname: "veth0", kind: "veth", peer: { ifname: "veth1" } });
      await expect(netns.link.delete("veth0")).rejects.toMatchObject({ code: "EBUSY" });
      expect((await netns.link.get("veth0")).mtu).toBeUndefined();
      await netns.link.delete("veth0");
      expect(await netns.client.list(listLinks())).toEqual([expect.objectContaining({ ifname: "lo" })]);
    });
  });
});

/** Node's arguments that run a TypeScript program. */
const loader = ["--import", pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href];
const testing = JSON.stringify(
  pathToFileURL(resolve(import.meta.dirname, "../../../src/testing/index.ts")).href,
);
const program = `
import { withSandbox } from ${testing};
try {
  const names = await withSandbox(async ({ netns, namespace }) => {
    const blue = await namespace("blue");
    await netns.link.add({ ifname: "veth0", kind: "veth", peer: { ifname: "eth0", netns: blue } });
    await netns.addr.add("veth0", "10.0.0.1/24");
    await netns.link.set("veth0", { up: true });
    await blue.link.set("eth0", { up: true });
    return [...(await netns.link.list()), ...(await blue.link.list())].map(({ ifname, flags }) => ifname + (flags.includes("UP") ? " up" : " down"));
  });
  console.log(JSON.stringify({ uid: process.getuid(), names }));
} catch (error) {
  console.log(JSON.stringify({ code: error.code, message: error.message }));
}
`;

describe.skipIf(!isRoot || why !== undefined)(
  `an ordinary user${isRoot ? "" : " (skipped: becoming one takes root)"}`,
  () => {
    let folder: string;
    let file: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "nlkit-sandbox-"));
      chmodSync(folder, 0o777);
      file = join(folder, "program.mts");
      writeFileSync(file, program);
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const become = (...command: string[]) => {
      const user = ["--reuid", "65534", "--regid", "65534", "--clear-groups", "--"];
      const env = { ...process.env, HOME: folder, TMPDIR: folder };
      const { stdout, stderr } = spawnSync("setpriv", [...user, ...command], { encoding: "utf8", env });
      return (stdout.trim() === "" ? { stderr } : JSON.parse(stdout)) as object;
    };

    test("gets a sandbox", () => {
      expect(become(process.execPath, ...loader, file)).toEqual({
        uid: 65534,
        names: ["lo down", "veth0 up", "lo down", "eth0 up"],
      });
    });

    test("hears why there is none", () => {
      const node = [process.execPath, ...loader, file].join(" ");
      const none = become(
        "unshare",
        "-Ur",
        "sh",
        "-c",
        `echo 0 > /proc/sys/user/max_user_namespaces; exec ${node}`,
      );
      expect(none).toMatchObject({
        code: "ERR_NETLINK_SANDBOX",
        message: expect.stringContaining("user.max_user_namespaces is 0"),
      });
    });
  },
);
