/** Multicast routes, made by a program as routing daemons make them. */
import { once } from "node:events";
import { expect, test } from "vitest";
import { listRoutes } from "../../../src/rtnl/index.ts";
import { missing } from "../../support/programs.ts";
import { type Json, stage } from "../support/observer.ts";

const on = stage("mroute");
const script = new URL("../support/multicast-routes.py", import.meta.url).pathname;

const noPython = missing("python3");

test.skipIf(noPython !== "")(
  `routes with their statistics and the time since they were used${noPython}`,
  async () => {
    await on.ns.link.add({ ifname: "v0", kind: "veth", up: true, peer: { ifname: "v1", up: true } });
    const daemon = on.ns.spawn("python3", [script, "v0", "v1", "10.0.0.9", "2001:db8::9"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const ended = once(daemon, "exit");
    try {
      await Promise.race([once(daemon.stdout!, "data"), ended]);
      for (const [rtmFamily, dst, ip] of [
        ["ipmr", "239.1.1.1", "-4"],
        ["ip6mr", "ff05::1:3", "-6"],
      ] as const) {
        const [route, ...others] = await on.ns.client.list(listRoutes({ rtmFamily }));
        const [printed] = JSON.parse(on.observer.ip(`${ip} -j -s mroute show`)) as Json[];
        expect(others).toEqual([]);
        expect(route!.unknown).toBeUndefined();
        expect(route).toMatchObject({ rtmFamily, dst, src: printed!.src, rtmType: "multicast" });
        expect(route).toMatchObject({ mfcStats: { mfcsPackets: 0n, mfcsBytes: 0n, mfcsWrongIf: 0n } });
        // 64 bits, in 1/100 s: `ip` asked a little later.
        expect(typeof route!.expires).toBe("bigint");
        expect(Number(route!.expires) / 100).toBeLessThanOrEqual(printed!.expires);
        expect(Number(route!.expires) / 100).toBeGreaterThan(printed!.expires - 20);
      }
    } finally {
      daemon.stdin!.end();
      await ended;
    }
  },
);
