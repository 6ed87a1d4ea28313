import type { Scenario } from "./index.ts";
import { mac, pair, quiet } from "./support.ts";

const everyone = "00:00:00:00:00:00";

export const vxlan: Scenario = {
  name: "vxlan",
  about: "a VXLAN with unicast peers, one of them with a port and network of its own",
  namespaces: ["host"],
  async run(host) {
    await pair(host!);
    await host!.addr.add("veth0", "192.0.2.1/24");
    await host!.link.add({
      ifname: "vx0",
      kind: "vxlan",
      address: mac(7),
      data: { id: 42, port: 4789, local: "192.0.2.1", link: "veth0", ttl: 8, learning: false },
    });
    await host!.link.set("vx0", quiet);
    await host!.link.set("vx0", { up: true });
    await host!.fdb.append("vx0", { mac: everyone, dst: "192.0.2.7" });
    await host!.fdb.append("vx0", { mac: everyone, dst: "192.0.2.8", port: 4790, vni: 43, via: "veth0" });
    const entries = await host!.fdb.list({ dev: "vx0" });
    await host!.fdb.delete("vx0", { mac: everyone, dst: "192.0.2.7" });
    return { entries, link: await host!.link.get("vx0"), left: await host!.fdb.list({ dev: "vx0" }) };
  },
};
