import { beforeAll, describe, expect, test } from "vitest";
import { whyNoLink } from "../support/bridge.ts";
import { failureOf, stage } from "../support/observer.ts";

const here = stage("vni");
const { observer } = here;
const vxlan = {
  ifname: "vx",
  kind: "vxlan",
  up: true,
  data: { external: true, vnifilter: true, port: 4789, local: "10.0.0.1" },
} as const;
const why = await whyNoLink(vxlan, "the kernel's VXLANs have no filter");

describe.skipIf(why !== undefined)(`filters of VXLANs${why ? ` (skipped: ${why})` : ""}`, () => {
  beforeAll(async () => {
    await here.ns.link.add(vxlan);
  });

  const counters = expect.objectContaining({ rxBytes: 0, rxPkts: 0, txDrops: 0 });

  test("there and back", async () => {
    await here.ns.vni.add("vx", { vni: 100 });
    await here.ns.vni.add("vx", { vni: 200, vniEnd: 205 });
    await here.ns.vni.add("vx", { vni: 300, remote: "10.0.0.9" });
    const shown = observer.bridgeJson("vni show");
    expect(shown).toMatchObject([
      { ifname: "vx", vnis: [{ vni: 100 }, { vni: 200, vniEnd: 205 }, { vni: 300, remote: "10.0.0.9" }] },
    ]);
    expect(await here.ns.vni.list()).toEqual(shown);
    observer.bridge("vni add dev vx vni 400 remote 10.0.0.10");
    observer.bridge("vni delete dev vx vni 200-205");
    expect(await here.ns.vni.list({ dev: "vx" })).toEqual(observer.bridgeJson("vni show"));
    const [found] = await here.ns.vni.list({}, { stats: true });
    expect(found!.vnis.map(({ stats }) => stats)).toEqual([counters, counters, counters]);
    await here.ns.vni.delete("vx", { vni: 300 });
    expect(observer.bridgeJson("vni show")).toMatchObject([{ vnis: [{ vni: 100 }, { vni: 400 }] }]);
  });

  test("what cannot be is refused with its field", async () => {
    const failure = (vni: object, dev = "vx") =>
      failureOf(() => here.ns.vni.add(dev, vni as { vni: number }));
    expect(await failure({ vni: 0 })).toMatchObject({ name: "InputError", path: "vni" });
    expect(await failure({ vni: 5, vniEnd: 4 })).toMatchObject({ name: "InputError", path: "vniEnd" });
    expect(await failure({ vni: 5, group: "10.0.0.9" })).toMatchObject({ name: "InputError", path: "group" });
    expect(await failure({ vni: 5, remote: "239.1.1.1" })).toMatchObject({
      name: "InputError",
      path: "remote",
    });
    expect(await failure({ vni: 5 }, "nope")).toMatchObject({ code: "ENODEV", path: "dev" });
  });
});
