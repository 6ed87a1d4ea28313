/**
 * Fixtures of what `ip` says to the kernel, made of strace's output, with what it prints of the answers.
 *
 *     node --import tsx scripts/record-ip-fixtures.ts      # as root; writes test/fixtures/ip/
 */
import { createReadStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Netns } from "../src/index.ts";
import { fixtureFrom, formatFixture } from "../src/testing/index.ts";

const folder = resolve(import.meta.dirname, "../test/fixtures/ip");
const commands = {
  "link-show": "ip -j -d link show",
  "addr-show": "ip -j addr show",
  "route-show": "ip -j route show table all",
  "neigh-show": "ip -j neigh show",
  "route-get": "ip -j route get 192.0.2.9",
} as const;

const scratch = mkdtempSync(join(tmpdir(), "nlkit-ip-"));
mkdirSync(folder, { recursive: true });
try {
  await using ns = await Netns.anonymous();
  await ns.link.add({
    ifname: "veth0",
    kind: "veth",
    address: "02:00:00:00:00:01",
    peer: { ifname: "veth1", address: "02:00:00:00:00:02" },
  });
  await ns.link.set("veth0", { up: true });
  await ns.link.set("veth1", { up: true });
  await ns.addr.add("veth0", { local: "192.0.2.1/24", broadcast: "192.0.2.255" });
  await ns.addr.add("veth0", { local: "2001:db8::1/64", nodad: true });
  await ns.route.add({ dst: "203.0.113.0/24", gateway: "192.0.2.254", metric: 7, protocol: "bgp" });
  await ns.neigh.add("veth0", { dst: "192.0.2.9", lladdr: "02:00:00:00:00:20" });
  for (const [name, command] of Object.entries(commands)) {
    const trace = join(scratch, name);
    const strace = [
      "-yy",
      "-v",
      "-e",
      "trace=socket,bind,sendto,sendmsg,recvmsg,recvfrom,close",
      "-e",
      "read=all",
      "-e",
      "write=all",
      "-o",
      trace,
    ];
    const { stdout, stderr, exitCode } = await ns.exec("strace", [...strace, ...command.split(" ")]);
    if (exitCode !== 0) throw new Error(`${command}: ${stderr}`);
    const fixture = await fixtureFrom(createReadStream(trace), { about: command, kernel: release() });
    writeFileSync(join(folder, `${name}.json`), formatFixture(fixture));
    writeFileSync(join(folder, `${name}.printed.json`), `${JSON.stringify(JSON.parse(stdout), null, 1)}\n`);
    console.log(`${command}: ${fixture.events.length} events`);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
