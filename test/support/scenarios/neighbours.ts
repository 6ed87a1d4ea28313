import type { Scenario } from "./index.ts";
import { mac, pair } from "./support.ts";

export const neighbours: Scenario = {
  name: "neighbours",
  about: "neighbours of both families, one changed, one deleted, a proxy",
  namespaces: ["host"],
  async run(host) {
    await pair(host!);
    const { neigh } = host!;
    await neigh.add("veth0", { dst: "192.0.2.9", lladdr: mac(0x20) });
    await neigh.add("veth0", { dst: "2001:db8::9", lladdr: mac(0x21), router: true });
    await neigh.add("veth0", { dst: "192.0.2.10", proxy: true });
    await neigh.change("veth0", { dst: "192.0.2.9", lladdr: mac(0x22) });
    const result = {
      all: await neigh.list(),
      proxies: await neigh.list({ proxy: true }),
      one: await neigh.get("veth0", { dst: "192.0.2.9" }),
    };
    await neigh.delete("veth0", { dst: "2001:db8::9" });
    return { ...result, left: await neigh.list({ dev: "veth0" }) };
  },
};
