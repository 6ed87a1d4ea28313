import type { Scenario } from "./index.ts";
import { mac, quiet } from "./support.ts";

export const bonds: Scenario = {
  name: "bonds",
  about: "a bond of two dummy links, a MACVLAN and a VRF on top",
  namespaces: ["host"],
  needs: "bonds, dummy links and VRFs",
  async run(host) {
    await host!.link.add({ ifname: "bond0", kind: "bond", address: mac(1), data: { mode: "active-backup" } });
    await host!.link.set("bond0", quiet);
    for (const [index, ifname] of ["d0", "d1"].entries()) {
      await host!.link.add({ ifname, kind: "dummy", address: mac(index + 2) });
      await host!.link.set(ifname, quiet);
      await host!.link.set(ifname, { master: "bond0" });
    }
    await host!.link.set("bond0", { up: true });
    await host!.link.add({ ifname: "vrf0", kind: "vrf", address: mac(9), data: { table: 100 } });
    await host!.link.add({
      ifname: "mv0",
      kind: "macvlan",
      link: "bond0",
      address: mac(8),
      data: { mode: "bridge" },
    });
    await host!.link.set("mv0", { ...quiet, master: "vrf0" });
    return { links: await host!.link.list(), inVrf: await host!.link.list({ master: "vrf0" }) };
  },
};
