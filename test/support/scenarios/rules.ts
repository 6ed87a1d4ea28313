import type { Scenario } from "./index.ts";

export const rules: Scenario = {
  name: "rules",
  about: "rules of both families",
  namespaces: ["host"],
  async run(host) {
    const { rule } = host!;
    await rule.add({ priority: 100, from: "192.0.2.0/24", table: 1000 });
    await rule.add({ priority: 101, fwmark: "0x10/0xff", iif: "eth7", action: "unreachable" });
    await rule.add({ priority: 102, family: "inet6", ipproto: "tcp", dport: "80-90", table: 7 });
    const all = await rule.list();
    await rule.delete({ priority: 100 });
    return { all, left: await rule.list({ family: "inet" }) };
  },
};
