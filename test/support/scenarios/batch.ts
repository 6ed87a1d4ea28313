import { BatchError } from "../../../src/index.ts";
import type { Scenario } from "./index.ts";
import { pair } from "./support.ts";

export const batch: Scenario = {
  name: "batch",
  about: "many routes in one send, of which two are refused",
  namespaces: ["host"],
  async run(host) {
    await pair(host!);
    await host!.addr.add("veth0", "192.0.2.1/24");
    const dsts = Array.from({ length: 20 }, (_, index) => `10.${index === 7 ? 6 : index}.0.0/16`);
    let errors: unknown;
    try {
      await host!.batch((b) => {
        for (const dst of dsts)
          void b.route.add({ dst, gateway: dst.includes(".12.") ? "198.18.0.1" : "192.0.2.9" });
      });
    } catch (error) {
      if (!(error instanceof BatchError)) throw error;
      errors = error.errors.map(({ index, error: one }) => ({ index, code: (one as { code: string }).code }));
    }
    return { errors, routes: await host!.route.list({ table: "main", family: "inet" }) };
  },
};
