/**
 * IPVLAN in its modes: two namespaces share one interface and its hardware address; IP addresses tell them apart.
 *
 *     one 10.90.0.1 ─┐
 *     two 10.90.0.2 ─┴─ eth0 (host) ── veth ── 10.90.0.9 switch
 */
import { ping } from "./support/icmp.ts";
import { lab, needs } from "./support/lab.ts";

await lab("IPVLAN in its modes", async ({ create, prove }) => {
  for (const mode of ["l2", "l3", "l3s"] as const) {
    const [host, far] = [await create(`host-${mode}`), await create(`switch-${mode}`)];
    await host.link.add({ ifname: "eth0", kind: "veth", peer: { ifname: "port", netns: far } });
    await host.link.set("eth0", { up: true });
    await far.link.set("port", { up: true });
    await far.addr.add("port", "10.90.0.9/24");

    const [one, two] = [await create(`${mode}-1`), await create(`${mode}-2`)];
    for (const [number, netns] of [one, two].entries()) {
      const dev = `ipvl${number}`;
      await needs(
        "ipvlan",
        host.link.add({ ifname: dev, kind: "ipvlan", link: "eth0", data: { mode }, netns }),
      );
      await netns.addr.add(dev, `10.90.0.${number + 1}/24`);
      await netns.link.set(dev, { up: true });
      // In the layer 3 modes nobody asks for hardware addresses: the switch has to be told.
      if (mode !== "l2") {
        const { address } = await host.link.get("eth0");
        await far.neigh.replace("port", { dst: `10.90.0.${number + 1}`, lladdr: address! });
      }
    }
    const [lower, upper] = [await host.link.get("eth0"), await one.link.get("ipvl0")];
    await prove(`${mode}: both have eth0's hardware address`, lower.address === upper.address);
    await prove(`${mode}: the neighbour answers`, ping(one, "10.90.0.2"));
    await prove(`${mode}: the switch answers`, ping(one, "10.90.0.9"));
  }
});
