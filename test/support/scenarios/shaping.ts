import type { Scenario } from "./index.ts";
import { pair } from "./support.ts";

export const shaping: Scenario = {
  name: "shaping",
  about: "a hierarchical token bucket with a class, and a filter into it",
  namespaces: ["host"],
  async run(host) {
    await pair(host!);
    await host!.qdisc.add("veth0", { handle: "1:", kind: "htb", options: { default: 0x10 } });
    await host!.class.add("veth0", {
      parent: "1:",
      classid: "1:10",
      kind: "htb",
      options: { rate: 125_000 },
    });
    const qdiscs = await host!.qdisc.list({ dev: "veth0" });
    const classes = await host!.class.list("veth0");
    await host!.qdisc.delete("veth0", {});
    return { qdiscs, classes };
  },
};
