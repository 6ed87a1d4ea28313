/** XDP programs of links, as `ip link set xdp` attaches them. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadXdpPass, pinProgram } from "../support/bpf.ts";
import { full, onlyFull } from "../support/full.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("xdp");
const program = loadXdpPass();
const none = program === undefined ? " (skipped: no bpf(2) here)" : "";
const fd = program ?? -1;

afterAll(() => {
  if (program !== undefined) closeSync(program);
});

/** `ip` prints numbers for modes, and more of a program than the link tells. */
function printed(dev: string): Json | undefined {
  const { xdp } = on.observer.ipJson(`link show dev ${dev}`)[0]!;
  const words = ["", "drv", "skb", "hw", "multi"];
  const read = ({ mode, prog, ...rest }: Json) => ({
    ...rest,
    mode: words[mode],
    ...(prog ? { prog: { id: prog.id } } : {}),
  });
  return xdp && { ...read(xdp), attached: xdp.attached.map(read) };
}

const seen = async (dev: string) => (await on.ns.link.get(dev)).xdp;

describe.skipIf(none !== "")(`XDP${none}`, () => {
  beforeAll(async () => {
    await on.ns.link.add({ ifname: "v0", kind: "veth", peer: { ifname: "v1" } });
    await on.ns.link.add({ ifname: "b0", kind: "bridge" });
  });

  test.each([
    ["v0", undefined, "drv"],
    ["v0", "drv", "drv"],
    ["v0", "skb", "skb"],
    ["b0", undefined, "skb"],
  ] as const)(
    "on %s, mode %s: attached by the library, seen by ip, detached by either",
    async (dev, mode, attached) => {
      const xdp = { fd, ...(mode ? { mode } : {}) };
      await on.ns.link.set(dev, { xdp });
      expect(printed(dev)).toMatchObject({ mode: attached, attached: [{ mode: attached }] });
      expect(await seen(dev)).toEqual(printed(dev));
      on.observer.ip(`link set dev ${dev} ${attached === "skb" ? "xdpgeneric" : "xdp"} off`);
      expect(await seen(dev)).toBeUndefined();
      await on.ns.link.set(dev, { xdp });
      await on.ns.link.set(dev, { xdp: { ...xdp, fd: null } });
      expect(printed(dev)).toBeUndefined();
    },
  );

  test("attached to a new link", async () => {
    await on.ns.link.add({ ifname: "b1", kind: "bridge", xdp: { fd } });
    expect(printed("b1")).toMatchObject({ mode: "skb" });
  });

  test("replaced when told to", async () => {
    const other = loadXdpPass()!;
    await on.ns.link.set("v0", { xdp: { fd } });
    const [first] = (await seen("v0"))!.attached;
    expect(await failureOf(() => on.ns.link.set("v0", { xdp: { fd: other } }))).toMatchObject({
      code: "EBUSY",
    });
    expect(
      await failureOf(() => on.ns.link.set("v0", { xdp: { fd: other, expectedFd: other } })),
    ).toMatchObject({
      code: "EEXIST",
    });
    await on.ns.link.set("v0", { xdp: { fd: other, force: true } });
    const [second] = (await seen("v0"))!.attached;
    expect(second!.prog.id).not.toBe(first!.prog.id);
    await on.ns.link.set("v0", { xdp: { fd, expectedFd: other } });
    expect((await seen("v0"))!.prog).toEqual(first!.prog);
    await on.ns.link.set("v0", { xdp: { fd: null } });
    closeSync(other);
  });

  test.skipIf(!full)(`attached by ip${full ? "" : onlyFull}`, async () => {
    // Not below /sys, of which `ip -n` sees another.
    const directory = mkdtempSync(join(tmpdir(), "nlkit-bpf-"));
    execFileSync("mount", ["-t", "bpf", "bpf", directory]);
    const path = join(directory, "pass");
    expect(pinProgram(fd, path)).toBe(true);
    on.observer.ip(`link set dev v0 xdpgeneric pinned ${path}`);
    expect(await seen("v0")).toEqual(printed("v0"));
    await on.ns.link.set("v0", { xdp: { fd: null, mode: "skb" } });
    expect(printed("v0")).toBeUndefined();
    execFileSync("umount", [directory]);
    rmdirSync(directory);
  });

  test("refusals name the field", async () => {
    const failure = (xdp: object) => failureOf(() => on.ns.link.set("v0", { xdp: xdp as { fd: number } }));
    expect(await failure({ fd: -2 })).toMatchObject({ name: "InputError", path: "xdp.fd" });
    expect(await failure({ fd, mode: "generic" })).toMatchObject({ name: "InputError", path: "xdp.mode" });
    expect(await failure({ fd, modes: "skb" })).toMatchObject({ name: "InputError", path: "xdp.modes" });
    expect(await failure({ fd: 9999 })).toMatchObject({ name: "KernelError", code: "EBADF" });
    expect(await failure({ fd, mode: "hw" })).toMatchObject({ name: "KernelError" });
  });
});
