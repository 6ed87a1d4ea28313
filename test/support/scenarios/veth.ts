import type { Scenario } from "./index.ts";
import { mac, quiet } from "./support.ts";

export const veth: Scenario = {
  name: "veth",
  about: "a veth pair between two namespaces, with addresses and a default route",
  namespaces: ["red", "blue"],
  async run(red, blue) {
    await red!.link.add({
      ifname: "veth0",
      kind: "veth",
      address: mac(1),
      peer: { ifname: "eth0", netns: blue!, address: mac(2), mtu: 1400 },
    });
    await red!.link.set("veth0", quiet);
    await blue!.link.set("eth0", quiet);
    await red!.addr.add("veth0", "10.0.0.1/24");
    await blue!.addr.add("eth0", { local: "10.0.0.2/24", broadcast: "10.0.0.255" });
    await red!.link.set("veth0", { up: true, ifalias: "to blue" });
    await blue!.link.set("eth0", { up: true });
    await blue!.route.add({ dst: "default", gateway: "10.0.0.1" });
    const result = {
      near: await red!.link.list({ kind: "veth" }),
      far: await blue!.link.get("eth0"),
      addrs: await blue!.addr.list({ dev: "eth0" }),
      routes: await blue!.route.list({ family: "inet" }),
    };
    await red!.link.delete("veth0");
    return { ...result, left: (await blue!.link.list()).map(({ ifname }) => ifname) };
  },
};
