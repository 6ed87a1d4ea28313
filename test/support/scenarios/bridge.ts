import type { Scenario } from "./index.ts";
import { mac, pair, quiet } from "./support.ts";

export const bridge: Scenario = {
  name: "bridge",
  about: "a bridge with a port, its forwarding database, a port that leaves",
  namespaces: ["host"],
  async run(host) {
    await pair(host!);
    await host!.link.add({
      ifname: "br0",
      kind: "bridge",
      address: mac(9),
      data: { stpState: 1, forwardDelay: 400, ageingTime: 6000 },
    });
    await host!.link.set("br0", quiet);
    await host!.link.set("veth0", { master: "br0" });
    await host!.link.set("veth0", { slaveKind: "bridge", slaveData: { cost: 7, isolated: true } });
    await host!.fdb.add("veth0", { mac: mac(0x20), master: true, state: "static" });
    const result = {
      bridge: await host!.link.get("br0"),
      ports: await host!.link.list({ master: "br0" }),
      entries: await host!.fdb.list({ dev: "veth0" }),
      entry: await host!.fdb.get("veth0", { mac: mac(0x20), master: true }),
    };
    await host!.fdb.delete("veth0", { mac: mac(0x20), master: true });
    await host!.link.set("veth0", { master: null });
    return { ...result, left: await host!.fdb.list({ br: "br0" }) };
  },
};
