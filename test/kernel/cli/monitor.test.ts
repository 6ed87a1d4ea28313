/** `nlkit monitor`, and what it stands on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notifications } from "../../../src/cli/index.ts";
import { Conversation } from "../../../src/decode/conversation.ts";
import { Netns } from "../../../src/index.ts";
import { SystemError } from "../../../src/netlink/errors.ts";
import { RTNLGRP_LINK, RTNLGRP_NSID } from "../../../src/rtnl/groups.ts";
import { stage } from "../support/observer.ts";
import { nlkit, Running } from "./command.ts";

const here = stage("monitor");
const there = `${here.name}-other`;
const beside = `${here.name}-beside`;

beforeAll(async () => {
  for (const name of [there, beside]) (await Netns.create(name)).close();
  await here.ns.setNsid(there, 5);
});
afterAll(async () => {
  for (const name of [there, beside]) await Netns.delete(name);
});

/** Changes something until the monitor has joined its groups and says so. */
async function listening(running: Running): Promise<void> {
  for (let tries = 0; running.stdout === ""; tries++) {
    expect(running.child.exitCode).toBe(null);
    here.observer.ip(`link set lo mtu ${65000 + (tries % 2)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const parsed = (stdout: string) =>
  stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

test("what happens, with the names of links that were there before; ^C ends it", async () => {
  here.observer.ip("link add old0 type veth peer name old1");
  const running = new Running(["monitor", "--netns", here.name, "link", "addr", "route"]);
  await listening(running);
  here.observer.ip("addr add 10.1.2.3/24 dev old0");
  await running.until("stdout", /NEWADDR/);
  const { status, stdout, stderr } = await running.end("SIGINT");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toMatch(/^← RTM_NEWADDR .*ifaIndex=\d+\(old0\) .*local=10\.1\.2\.3/m);
  here.observer.ip("link del old0");
});

test("--count ends it; numbers begin at 0", async () => {
  const args = ["monitor", "--netns", here.name, "--output", "json", "--count", "1", "link"];
  const running = new Running(args);
  await listening(running);
  const { status, stdout } = await running.end();
  expect(status).toBe(0);
  const [line, ...more] = parsed(stdout);
  expect(line).toMatchObject({
    datagram: 0,
    type: "RTM_NEWLINK",
    role: "notification",
    direction: "received",
  });
  expect(line).not.toHaveProperty("netns");
  expect(more).toEqual([]);
});

test("--duration; nothing to tell", async () => {
  const { status, stdout, stderr } = await nlkit(["monitor", "--netns", beside, "--duration", "100ms"]);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
});

test("--all-nsid: which namespace, by name", async () => {
  const running = new Running(["monitor", "--netns", here.name, "--all-nsid", "--output", "json", "link"]);
  await listening(running);
  await using other = await Netns.open(there);
  await other.link.set("lo", { mtu: 65123 });
  await running.until("stdout", /65123/);
  const { stdout } = await running.end("SIGTERM");
  const lines = parsed(stdout);
  const [changed] = lines.filter(({ value }) => value.mtu === 65123);
  expect(changed).toMatchObject({ netns: there, value: { ifname: "lo" } });
  expect(lines[0]).toMatchObject({ netns: here.name });
});

test("no such namespace", async () => {
  const { status, stderr } = await nlkit(["monitor", "--netns", "nlkit-no-such"]);
  expect(status).toBe(2);
  expect(stderr).toContain('nlkit: open network namespace "nlkit-no-such": ENOENT: no such namespace');
});

describe("notifications", () => {
  test("as a library: datagrams for a conversation, until the signal", async () => {
    const controller = new AbortController();
    const source = notifications({ groups: [RTNLGRP_LINK], netns: here.ns.fd, signal: controller.signal });
    const first = source.next();
    await here.ns.link.set("lo", { mtu: 65200 });
    const { value } = await first;
    expect(value).toMatchObject({ protocol: 0, direction: "received", groups: 1, problems: [] });
    const told = new Conversation().take(value!);
    expect(told.messages[0]).toMatchObject({ role: "notification", message: { constant: "RTM_NEWLINK" } });
    const last = source.next();
    controller.abort();
    expect(await last).toEqual({ done: true, value: undefined });
  });

  test("an overrun is told, and what comes after it is heard", async () => {
    const source = notifications({ groups: [RTNLGRP_LINK], netns: here.ns.fd, receiveBuffer: 4096 });
    const first = source.next();
    await here.ns.link.set("lo", { mtu: 65300 });
    await first;
    for (let mtu = 65301; mtu < 65330; mtu++) await here.ns.link.set("lo", { mtu });
    let lost: string | undefined;
    while (lost === undefined) {
      const { value } = await source.next();
      if (value!.failed === "ENOBUFS") [lost] = value!.problems;
    }
    expect(lost).toMatch(/^receive buffer overrun: \d+ messages lost$/);
    const next = source.next();
    await here.ns.link.set("lo", { mtu: 65400 });
    expect((await next).value!.bytes.length).toBeGreaterThan(16);
    await source.return();
  });

  test("a group that the kernel does not have", async () => {
    await expect(notifications({ groups: [999] }).next()).rejects.toThrow(SystemError);
    const seen: number[] = [];
    const controller = new AbortController();
    const refused = (group: number) => {
      seen.push(group);
      controller.abort();
    };
    const source = notifications({ groups: [RTNLGRP_NSID, 999], refused, signal: controller.signal });
    expect(await source.next()).toEqual({ done: true, value: undefined });
    expect(seen).toEqual([999]);
  });
});
