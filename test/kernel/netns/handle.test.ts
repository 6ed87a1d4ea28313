import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { Netns } from "../../../src/index.ts";
import { freshName } from "./support.ts";

test("a namespace in the list: its name, inode and id, fit for JSON", async () => {
  const name = freshName();
  await using ns = await Netns.create(name);
  await using here = await Netns.current();
  const listed = async () => (await Netns.list()).find((entry) => entry.name === name);
  expect(JSON.parse(JSON.stringify(await listed()))).toMatchObject({
    name,
    ino: statSync(`/run/netns/${name}`).ino,
  });
  await here.setNsid(name, 4711);
  expect(await listed()).toMatchObject({ nsid: 4711 });
  expect(await here.nsid({ fd: ns.fd })).toBe(4711);
  expect(execFileSync("ip", ["netns", "list-id"], { encoding: "utf8" })).toContain(
    `nsid 4711 (iproute2 netns name: ${name})`,
  );
});

test("a handle keeps its namespace after the name was deleted, and lets go of it when closed", async () => {
  const name = freshName();
  const ns = await Netns.create(name);
  await Netns.delete(name);
  expect((await ns.link.list()).map(({ ifname }) => ifname)).toEqual(["lo"]);
  ns.close();
  ns.close();
  await expect(ns.link.list()).rejects.toMatchObject({ code: "ERR_NETLINK_CLOSED" });
});

test("the same namespace by name, process, path and descriptor", async () => {
  const name = freshName();
  await using ns = await Netns.create(name);
  await ns.link.add({ ifname: "only-here", kind: "bridge" });
  const child = ns.spawn("sleep", ["60"], { mounts: false });
  try {
    for (const target of [name, { pid: child.pid! }, { path: `/run/netns/${name}` }, { fd: ns.fd }]) {
      await using again = await Netns.open(target);
      expect((await again.link.get("only-here")).kind).toBe("bridge");
      expect(again.identity).toEqual(ns.identity);
    }
    expect(await ns.pids()).toEqual([child.pid]);
    expect(await Netns.identify(child.pid!)).toEqual([name]);
  } finally {
    child.kill("SIGKILL");
  }
});
