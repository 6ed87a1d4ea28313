import type { Netns } from "nlkit";
import { heading, table } from "./terminal.ts";

/** Tables of what is in the namespaces now. */
export async function showObjects(namespaces: Record<string, Netns>, signal: AbortSignal): Promise<void> {
  const all = async <T>(list: (netns: Netns) => Promise<T[]>, row: (object: T) => unknown[]) => {
    const rows: unknown[][] = [];
    for (const [name, netns] of Object.entries(namespaces)) {
      for (const object of await list(netns)) rows.push([name, ...row(object)]);
    }
    return rows;
  };
  heading("Links");
  table(
    ["netns", "index", "ifname", "kind", "operstate", "mtu", "address", "master"],
    await all(
      (netns) => netns.link.list({}, { signal }),
      ({ ifindex, ifname, kind, operstate, mtu, address, master }) => [
        ifindex,
        ifname,
        kind,
        operstate,
        mtu,
        address,
        master,
      ],
    ),
  );
  heading("Addresses");
  table(
    ["netns", "dev", "family", "address", "scope"],
    await all(
      (netns) => netns.addr.list({}, { signal }),
      ({ dev, family, local, prefixlen, scope }) => [dev, family, `${local}/${prefixlen}`, scope],
    ),
  );
  heading("Routes");
  table(
    ["netns", "dst", "gateway", "dev", "protocol", "scope", "prefsrc"],
    await all(
      (netns) => netns.route.list({ table: "main" }, { signal }),
      ({ dst, gateway, dev, protocol, scope, prefsrc }) => [dst, gateway, dev, protocol, scope, prefsrc],
    ),
  );
  heading("Neighbours");
  table(
    ["netns", "dst", "dev", "lladdr", "state"],
    await all(
      (netns) => netns.neigh.list({}, { signal }),
      ({ dst, dev, lladdr, state }) => [dst, dev, lladdr, state?.join(" ")],
    ),
  );
  heading("Forwarding database of the bridge");
  table(
    ["netns", "mac", "ifname", "master", "state", "flags"],
    await all(
      async (netns) => (await netns.fdb.list({}, { signal })).filter(({ master }) => master !== undefined),
      ({ mac, ifname, master, state, flags }) => [mac, ifname, master, state, flags.join(" ")],
    ),
  );
}
