import { RTNLGRP_IPV4_IFADDR, RTNLGRP_LINK } from "../../../src/rtnl/groups.ts";
import type { Scenario } from "./index.ts";
import { mac } from "./support.ts";

export const monitor: Scenario = {
  name: "monitor",
  about: "notifications of links and addresses, each awaited after the change that it tells of",
  namespaces: ["host"],
  async run(host) {
    const events: unknown[] = [];
    await using changes = host!.client.subscribe([RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR]);
    const heard = async (count: number) => {
      for (let left = count; left > 0; left--) events.push((await changes.next()).value);
    };
    await host!.link.add({
      ifname: "veth0",
      kind: "veth",
      address: mac(1),
      peer: { ifname: "veth1", address: mac(2) },
    });
    await heard(2);
    await host!.link.set("veth0", { mtu: 1400 });
    await heard(1);
    await host!.addr.add("veth0", "192.0.2.1/24");
    await heard(1);
    await host!.link.delete("veth0");
    return events.map((event) => {
      const { type, value } = event as { type: string; value: object };
      return { type, value };
    });
  },
};
