/**
 * An IP-in-IP tunnel (RFC 2003) between two sites, across a router that knows nothing of what is inside.
 *
 *     site1 10.70.1.1 ═ tunl ═ 10.70.2.1 site2
 *       192.0.2.2 ── router ── 198.51.100.2
 */
import type { Netns } from "nlkit";
import { ping } from "./support/icmp.ts";
import { lab, needs } from "./support/lab.ts";
import { RawSocket } from "./support/raw-socket.ts";
import { forwarding } from "./support/sysctl.ts";

const ETH_P_IP = 0x0800;
const IPPROTO_IPIP = 4;

await lab("An IPIP tunnel between two sites", async ({ create, prove }) => {
  const [site1, site2, router] = [await create("site1"), await create("site2"), await create("router")];
  for (const [site, address, gateway, dev] of [
    [site1, "192.0.2.2/24", "192.0.2.1", "to1"],
    [site2, "198.51.100.2/24", "198.51.100.1", "to2"],
  ] as const) {
    await router.link.add({ ifname: dev, kind: "veth", peer: { ifname: "eth0", netns: site } });
    await router.addr.add(dev, `${gateway}/24`);
    await router.link.set(dev, { up: true });
    await site.addr.add("eth0", address);
    await site.link.set("eth0", { up: true });
    await site.route.add({ dst: "default", gateway });
  }
  forwarding(router, true);
  await prove("the sites reach each other through the router", ping(site1, "198.51.100.2"));

  const tunnel = (site: Netns, local: string, remote: string) =>
    needs("ipip", site.link.add({ ifname: "tunl", kind: "ipip", data: { local, remote, ttl: 64 } }));
  await tunnel(site1, "192.0.2.2", "198.51.100.2");
  await tunnel(site2, "198.51.100.2", "192.0.2.2");
  for (const [site, own, other] of [
    [site1, "10.70.1.1/24", "10.70.2.0/24"],
    [site2, "10.70.2.1/24", "10.70.1.0/24"],
  ] as const) {
    await site.addr.add("tunl", own);
    await site.link.set("tunl", { up: true });
    await site.route.add({ dst: other, dev: "tunl" });
  }
  const { ifindex } = await router.link.get("to1");
  using raw = RawSocket.frames(router, ifindex);
  await prove("10.70.2.1 answers, whose network the router has no route to", ping(site1, "10.70.2.1"));
  let carried = 0;
  for await (const frame of raw.receive(100)) {
    const isIp = (frame[12]! << 8) + frame[13]! === ETH_P_IP;
    if (isIp && frame[23] === IPPROTO_IPIP) carried++;
  }
  await prove(`${carried} packets of protocol 4 passed the router`, carried >= 2);
});
