/** Each request of the library beside that of ip or bridge for the same words, field by field, flags and order too. */
import { spawnSync } from "node:child_process";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { missing } from "../../support/programs.ts";
import { full, onlyFull } from "../support/full.ts";
import { stage } from "../support/observer.ts";
import { Comparison, type RequestCase } from "../support/requests.ts";
import { cases as kinds } from "./link-kind-cases.ts";
import { addresses } from "./request-cases/addresses.ts";
import { bridges, byOtherMessages } from "./request-cases/bridges.ts";
import { linkKinds, links } from "./request-cases/links.ts";
import { nexthops } from "./request-cases/nexthops.ts";
import { reasons } from "./request-cases/reasons.ts";
import { routes } from "./request-cases/routes.ts";
import { rules } from "./request-cases/rules.ts";

const on = stage("requests");
const note = full ? missing("strace") : onlyFull;
const skip = note !== "";

/** Of every kind that ip 6.1 can make. */
const made: RequestCase[] = kinds.flatMap(({ ip, add }) => {
  if (ip === undefined) return [];
  const words = ip.replace(/^link (\S+) /, "");
  const lower = /^link (\S+) /.exec(ip)?.[0] ?? "";
  const link = { ...add, ifname: "made" } as Parameters<typeof on.ns.link.add>[0];
  return [[`ip link add ${lower}made ${words}`, (ns) => ns.link.add(link)]];
});

describe.skipIf(skip)(`requests of ip and bridge${note}`, () => {
  const comparison = new Comparison(on, reasons);

  beforeAll(async () => {
    const { link } = on.ns;
    for (const dev of ["low0", "low1"]) await link.add({ ifname: dev, kind: "dummy", up: true });
    await link.add({
      ifname: "b0",
      kind: "bridge",
      up: true,
      data: { vlanFiltering: 1, vlanDefaultPvid: 0 },
    });
    await link.add({ ifname: "v0", kind: "veth", up: true, peer: { ifname: "v1", up: true } });
    await link.add({ ifname: "p0", kind: "veth", up: true, master: "b0", peer: { ifname: "p1", up: true } });
    await link.add({ ifname: "vx", kind: "vxlan", up: true, data: { id: 5, port: 4790, local: "10.0.0.1" } });
    await link.add({ ifname: "vrf0", kind: "vrf", up: true, data: { table: 300 } });
    const filtered = { external: true, vnifilter: true, port: 4791, local: "10.0.0.1" };
    await link.add({ ifname: "vf", kind: "vxlan", up: true, data: filtered });
    await on.ns.addr.add("v0", "10.0.0.1/24");
    await on.ns.addr.add("v0", { local: "fd00::1/64", nodad: true });
    on.observer.ip("link set p0 type bridge_slave vlan_tunnel on");
    on.observer.ip("link set lo up");
    await on.ns.exec("sysctl", ["-qw", "net.mpls.platform_labels=1000", "net.vrf.strict_mode=1"]);
  });

  const objects: Record<string, readonly RequestCase[]> = {
    "links of every kind": made,
    "options of kinds": linkKinds,
    links,
    addresses,
    routes,
    nexthops,
    rules,
    bridges,
  };
  // First, for what comes then needs the VLANs.
  test.each(byOtherMessages)("%s", async (command, ours) => {
    const { asked, theirs } = await comparison.both(command, ours);
    const types = [...theirs, ...asked].map(({ type }) => type);
    expect(types).toEqual([
      expect.stringMatching(/^RTM_(SET|DEL)LINK$/),
      expect.stringMatching(/^RTM_(NEWVLAN|DELVLAN|NEWLINK)$/),
    ]);
  });

  describe.each(Object.entries(objects))("%s", (_, cases) => {
    test.each(cases)("%s", async (command, ours) => {
      await comparison.run(command, ours);
    });
  });

  // Of one kind the next may not be beside it.
  afterEach(() => void spawnSync("ip", ["-n", on.name, "link", "del", "made"]));

  test("every reason for a difference is needed", () => {
    expect(comparison.unused).toEqual([]);
  });
});
