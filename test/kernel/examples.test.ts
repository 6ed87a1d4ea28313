/** Every example on the kernel: what it says it proves, and that it starts none of the programs it does without. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { missing } from "../support/programs.ts";
import { full, onlyFull } from "./support/full.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What each proves: a statement that it must print. */
const examples: Record<string, { proves: string; needsFull?: boolean }> = {
  namespaces: { proves: "✓ with lo up it does" },
  veth: { proves: "✓ the namespace reaches the host" },
  bridge: { proves: "✓ the bridge learnt each address at its port" },
  container: { proves: "✓ and the router, over the bridge" },
  vxlan: { proves: "✓ the first frame went to the group 224.1.1.1" },
  "vxlan-bridge": { proves: "✓ 7. host1's VXLAN learnt that b1 is behind 192.168.9.2" },
  nat: { proves: "✓ forwarded, it is the box's port 80" },
  tuntap: { proves: "✓ left reaches right over a cable of TypeScript" },
  ipip: { proves: "packets of protocol 4 passed the router", needsFull: true },
  macvlan: { proves: "✓ source: nobody is listened to at first", needsFull: true },
  ipvlan: { proves: "✓ l3s: the switch answers", needsFull: true },
  "two-namespaces": { proves: "datagrams came back" },
};

const node = (name: string) => [process.execPath, "--import", "tsx", `examples/${name}.ts`];

test("each has a test", () => {
  const files = readdirSync(join(root, "examples")).filter((file) => file.endsWith(".ts"));
  expect(files.map((file) => file.slice(0, -3)).sort()).toEqual([...Object.keys(examples), "run"].sort());
});

describe("proves what it says", () => {
  for (const [name, { proves, needsFull = false }] of Object.entries(examples)) {
    const left = needsFull && !full;
    test.skipIf(left)(`${name}${left ? onlyFull : ""}`, { timeout: 120_000 }, () => {
      const [file, ...args] = node(name);
      const { status, stdout, stderr } = spawnSync(file!, args, { cwd: root, encoding: "utf8" });
      expect(stdout + stderr).toContain(proves);
      expect(stdout).not.toContain("✗");
      expect(status).toBe(0);
      const left = readdirSync("/run/netns").filter(
        (netns) => netns.startsWith("nlkit-") && stdout.includes(netns),
      );
      expect(left).toEqual([]);
    });
  }
});

describe("starts no program of iproute2, nftables, bridge-utils or procps", () => {
  const noStrace = missing("strace");
  const traced = ["container", "vxlan-bridge", "nat"];
  test.skipIf(noStrace !== "").each(traced)(`%s${noStrace}`, { timeout: 120_000 }, (name) => {
    const directory = mkdtempSync(join(tmpdir(), "nlkit-examples-"));
    try {
      const log = join(directory, "log");
      const { status } = spawnSync("strace", ["-f", "-e", "trace=execve", "-o", log, ...node(name)], {
        cwd: root,
      });
      expect(status).toBe(0);
      const started = [...readFileSync(log, "utf8").matchAll(/execve\("([^"]+)".* = 0$/gm)].map(([, file]) =>
        file!.slice(file!.lastIndexOf("/") + 1),
      );
      expect(started).toContain("node");
      const foreign = ["ip", "bridge", "brctl", "nft", "iptables", "iptables-nft", "sysctl", "tc", "docker"];
      expect(started.filter((file) => foreign.includes(file))).toEqual([]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
