import { getLink, newLink } from "../../../src/rtnl/link/index.ts";
import type { Scenario } from "./index.ts";
import { pair, refusal } from "./support.ts";

export const errors: Scenario = {
  name: "errors",
  about: "what the kernel refuses, with its own words and the field that it points at",
  namespaces: ["host"],
  async run(host) {
    const { link, addr, route, client } = host!;
    await pair(host!);
    return [
      await refusal(() => link.add({ ifname: "veth0", kind: "veth", peer: { ifname: "veth9" } })),
      await refusal(() => link.get("missing")),
      await refusal(() => link.add({ ifname: "x", kind: "no-such-kind" })),
      await refusal(() => link.set("veth0", { mtu: 17 })),
      await refusal(() => addr.delete("veth0", "192.0.2.1/24")),
      await refusal(() => route.add({ dst: "10.0.0.0/8", gateway: "192.0.2.9" })),
      await refusal(() => client.request(getLink({ ifiIndex: 4711 }))),
      await refusal(() =>
        client.request(newLink({ ifname: "vx0", linkinfo: { kind: "vxlan", data: { id: 2 ** 24 } } })),
      ),
    ];
  },
};
