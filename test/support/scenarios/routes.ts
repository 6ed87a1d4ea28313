import type { Scenario } from "./index.ts";
import { pair } from "./support.ts";

export const routes: Scenario = {
  name: "routes",
  about: "routes of both families: nexthops, metrics, types, tables; nexthop objects; what was asked of them",
  namespaces: ["host"],
  async run(host) {
    const { route, addr, nexthop } = host!;
    await pair(host!);
    await addr.add("veth0", "192.0.2.1/24");
    await addr.add("veth0", { local: "2001:db8::1/64", nodad: true });
    await route.add({
      dst: "203.0.113.0/24",
      gateway: "192.0.2.254",
      metric: 7,
      protocol: "bgp",
      prefsrc: "192.0.2.1",
      metrics: { mtu: 1300, advmss: 1200 },
    });
    await route.add([
      { dst: "203.0.113.128/25", type: "blackhole" },
      { dst: "198.51.100.0/24", type: "unreachable", table: 1000 },
    ]);
    await route.add({
      dst: "10.9.0.0/16",
      nexthops: [
        { gateway: "192.0.2.253", dev: "veth0", weight: 3 },
        { gateway: "192.0.2.252", dev: "veth0", weight: 1 },
      ],
    });
    await route.add({ dst: "2001:db8:9::/48", gateway: "2001:db8::99", dev: "veth0", pref: "high" });
    await nexthop.add({ id: 5, gateway: "192.0.2.250", dev: "veth0" });
    await route.add({ dst: "10.8.0.0/16", nhid: 5 });
    const result = {
      main: await route.list({ family: "inet" }),
      six: await route.list({ family: "inet6" }),
      other: await route.list({ table: 1000 }),
      nexthops: await nexthop.list(),
      got: await route.get("203.0.113.9"),
    };
    await route.delete({ dst: "10.9.0.0/16" });
    await route.replace({ dst: "203.0.113.0/24", gateway: "192.0.2.253", metric: 7 });
    return { ...result, left: await route.list({ family: "inet" }) };
  },
};
