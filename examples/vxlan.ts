/**
 * VXLAN between hosts that are namespaces on one wire: to one address, and to a multicast group.
 *
 *     host1 192.168.8.1 ─┐         vxlan0 10.50.0.N/24 on each
 *     host2 192.168.8.2 ─┼─ wire
 *     host3 192.168.8.3 ─┘
 */
import type { Netns } from "nlkit";
import { ping } from "./support/icmp.ts";
import { lab } from "./support/lab.ts";
import { captureVxlan } from "./support/vxlan-frames.ts";

const PORT = 4789;

await lab("VXLAN: unicast and multicast", async ({ create, prove }) => {
  const wire = await create("wire");
  const hosts = [await create("host1"), await create("host2"), await create("host3")] as const;
  const [host1, host2] = hosts;
  await wire.link.add({ ifname: "wire0", kind: "bridge", data: { mcastSnooping: 0 } });
  await wire.link.set("wire0", { up: true });
  for (const [number, host] of hosts.entries()) {
    await wire.link.add({ ifname: `wire${number + 1}`, kind: "veth", peer: { ifname: "eth0", netns: host } });
    await wire.link.set(`wire${number + 1}`, { master: "wire0", up: true });
    await host.addr.add("eth0", `192.168.8.${number + 1}/24`);
    await host.link.set("eth0", { up: true });
  }
  const overlay = async (host: Netns, address: string) => {
    await host.addr.add("vxlan0", address);
    await host.link.set("vxlan0", { up: true });
  };
  await prove("the hosts reach each other on the wire", ping(host1, "192.168.8.2"));

  for (const [host, local, remote] of [
    [host1, "192.168.8.1", "192.168.8.2"],
    [host2, "192.168.8.2", "192.168.8.1"],
  ] as const) {
    const data = { id: 11, port: PORT, remote, local, link: "eth0" };
    await host.link.add({ ifname: "vxlan0", kind: "vxlan", data });
    await overlay(host, `10.50.0.${local.at(-1)}/24`);
  }
  const frames = await captureVxlan(host1, "eth0", PORT, () =>
    prove("host1 reaches host2 over the tunnel", ping(host1, "10.50.0.2")),
  );
  // Both ends announce themselves in IPv6, too.
  const sent = frames.find(({ outerSource }) => outerSource === "192.168.8.1");
  await prove(
    `on the wire: ${sent?.outerSource} > ${sent?.outerDestination} UDP ${sent?.udpPort}, VNI ${sent?.vni}, inside ${sent?.innerSource} > ${sent?.innerDestination}`,
    sent?.vni === 11 && sent.outerSource === "192.168.8.1" && sent.outerDestination === "192.168.8.2",
  );
  const entries = await host1.fdb.list({ dev: "vxlan0" });
  const everything = entries.find(({ mac }) => mac === "00:00:00:00:00:00");
  await prove(
    `bridge fdb show has ${everything?.mac} dst ${everything?.dst} ${everything?.flags.join(" ")} ${everything?.state}`,
    everything?.dst === "192.168.8.2" && everything.state === "permanent",
  );

  for (const host of [host1, host2]) await host.link.delete("vxlan0");
  for (const [number, host] of hosts.entries()) {
    const data = { id: 12, port: PORT, group: "224.1.1.1", link: "eth0" };
    await host.link.add({ ifname: "vxlan0", kind: "vxlan", data });
    await overlay(host, `10.50.0.${number + 1}/24`);
  }
  const groupFrames = await captureVxlan(host1, "eth0", PORT, async () => {
    await prove("host1 reaches host2, whom it was not told of", ping(host1, "10.50.0.2"));
    await prove("and host3", ping(host1, "10.50.0.3"));
    await prove("host2 reaches host3", ping(host2, "10.50.0.3"));
  });
  await prove(
    "the first frame went to the group 224.1.1.1",
    groupFrames.some(({ outerDestination, vni }) => outerDestination === "224.1.1.1" && vni === 12),
  );
  const learnt = (await host1.fdb.list({ dev: "vxlan0" })).filter(({ state }) => state !== "permanent");
  await prove(
    `host1 learnt ${learnt.map(({ mac, dst }) => `${mac} dst ${dst}`).join(", ")}`,
    ["192.168.8.2", "192.168.8.3"].every((address) => learnt.some(({ dst }) => dst === address)),
  );
});
