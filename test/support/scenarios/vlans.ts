import type { Scenario } from "./index.ts";
import { mac, pair, quiet } from "./support.ts";

export const vlans: Scenario = {
  name: "vlans",
  about: "VLANs of a bridge that filters them, and VLAN links",
  namespaces: ["host"],
  needs: "bridges with VLANs",
  async run(host) {
    await pair(host!);
    await host!.link.add({ ifname: "br0", kind: "bridge", address: mac(9), data: { vlanFiltering: 1 } });
    await host!.link.set("br0", quiet);
    await host!.link.set("veth0", { master: "br0" });
    await host!.vlan.add("veth0", { vid: 10, pvid: true, untagged: true });
    await host!.vlan.add("veth0", { vid: 20, vidEnd: 23 });
    await host!.link.add({
      ifname: "veth1.5",
      kind: "vlan",
      link: "veth1",
      data: { id: 5, protocol: "8021ad" },
    });
    return { vlans: await host!.vlan.list(), link: await host!.link.get("veth1.5") };
  },
};
