/**
 * One Ethernet across two hosts: namespaces behind a bridge on each, a VXLAN between the bridges, and how it learns.
 *
 *     a1 10.60.0.1 ─ br0 ─ vxlan0 ─┐ host1 192.168.9.1        host2 192.168.9.2 ┌─ vxlan0 ─ br0 ─ b1 10.60.0.2
 *     a2 10.60.0.3 ─┘              └──────────────────── wire ──────────────────┘
 */
import type { Netns } from "nlkit";
import { ping } from "./support/icmp.ts";
import { lab } from "./support/lab.ts";
import { captureVxlan } from "./support/vxlan-frames.ts";
import { watchFdb } from "./support/watch-fdb.ts";

await lab("VXLAN and bridges: one Ethernet across two hosts", async ({ create, prove }) => {
  const [host1, host2] = [await create("host1"), await create("host2")];
  const [a1, a2, b1] = [await create("a1"), await create("a2"), await create("b1")];
  await host1.link.add({ ifname: "eth0", kind: "veth", peer: { ifname: "eth0", netns: host2 } });
  for (const [host, local, remote] of [
    [host1, "192.168.9.1", "192.168.9.2"],
    [host2, "192.168.9.2", "192.168.9.1"],
  ] as const) {
    await host.addr.add("eth0", `${local}/24`);
    await host.link.set("eth0", { up: true });
    await host.link.add({ ifname: "br0", kind: "bridge" });
    await host.link.add({ ifname: "vxlan0", kind: "vxlan", data: { id: 100, port: 4789, local, remote } });
    await host.link.set("vxlan0", { master: "br0", up: true });
    await host.link.set("br0", { up: true });
  }
  await using at1 = watchFdb(host1, "host1");
  await using at2 = watchFdb(host2, "host2");
  const behind = async (host: Netns, netns: Netns, port: string, address: string) => {
    await host.link.add({ ifname: port, kind: "veth", peer: { ifname: "eth0", netns } });
    await host.link.set(port, { master: "br0", up: true });
    await netns.addr.add("eth0", address);
    // Room for the outer headers: 50 bytes. Without IPv6 nobody speaks before being asked to.
    await netns.link.set("eth0", { mtu: 1450, inet6AddrGenMode: "none", up: true });
    return (await netns.link.get("eth0")).address!;
  };
  const macA1 = await behind(host1, a1, "port1", "10.60.0.1/24");
  await behind(host1, a2, "port2", "10.60.0.3/24");
  const macB1 = await behind(host2, b1, "port1", "10.60.0.2/24");

  console.log("  a1 asks who has 10.60.0.2, and everybody hears it:");
  const frames = await captureVxlan(host1, "eth0", 4789, () =>
    prove("a1 reaches b1 across the hosts", ping(a1, "10.60.0.2")),
  );

  await prove("1. host1's bridge learnt a1 at its port", at1.has({ mac: macA1, ifname: "port1" }));
  await prove(
    "2. the question went over the wire in VNI 100, to everybody",
    frames.some(({ vni, innerDestination }) => vni === 100 && innerDestination === "ff:ff:ff:ff:ff:ff"),
  );
  await prove(
    "3. host2's VXLAN learnt that a1 is behind 192.168.9.1",
    at2.has({ mac: macA1, ifname: "vxlan0", dst: "192.168.9.1" }),
  );
  await prove("4. and its bridge that it is behind vxlan0", at2.has({ mac: macA1, ifname: "vxlan0" }));
  await prove(
    "5. host2's bridge learnt b1 at its port, from the answer",
    at2.has({ mac: macB1, ifname: "port1" }),
  );
  await prove(
    "6. the answer came back to a1 alone",
    frames.some(({ innerSource, innerDestination }) => innerSource === macB1 && innerDestination === macA1),
  );
  await prove(
    "7. host1's VXLAN learnt that b1 is behind 192.168.9.2",
    at1.has({ mac: macB1, ifname: "vxlan0", dst: "192.168.9.2" }),
  );

  await prove("a2 reaches b1 too", ping(a2, "10.60.0.2"));
  await prove("and a1, without leaving host1", ping(a2, "10.60.0.1"));
});
