/** A host's own address and default route, moved from its interface to a bridge that the interface becomes a port of. */
import type { Netns } from "nlkit";

/**
 * Afterwards the host is reached through the bridge, at the same address. Either all of it happens or nothing: what was
 * done is undone, last first, when a step fails, and the failure is thrown.
 */
export async function moveToBridge(host: Netns, dev: string, bridge: string): Promise<void> {
  const addresses = await host.addr.list({ dev, family: "inet", scope: "global" });
  const routes = (await host.route.list({ family: "inet", table: "main" })).filter(
    (route) => route.dev === dev && route.protocol !== "kernel",
  );
  const undo: (() => Promise<void>)[] = [];
  const step = async (does: () => Promise<void>, undoes: () => Promise<void>) => {
    await does();
    undo.unshift(undoes);
  };
  try {
    await step(
      () => host.link.set(dev, { master: bridge }),
      () => host.link.set(dev, { master: null }),
    );
    await step(
      () => host.link.set(bridge, { up: true }),
      () => host.link.set(bridge, { up: false }),
    );
    // Routes that the address carries go with it; put back last, they find it there again.
    undo.unshift(() =>
      host.route.replace(routes.map((route) => ({ dst: route.dst, gateway: route.gateway!, dev }))),
    );
    for (const { local, prefixlen, broadcast } of addresses) {
      const address = { local: `${local}/${prefixlen}`, broadcast };
      await step(
        () => host.addr.delete(dev, address),
        () => host.addr.add(dev, address),
      );
      await step(
        () => host.addr.add(bridge, address),
        () => host.addr.delete(bridge, address),
      );
    }
    for (const { dst, gateway } of routes) {
      await step(
        () => host.route.add({ dst, gateway: gateway!, dev: bridge }),
        () => host.route.delete({ dst, gateway: gateway!, dev: bridge }),
      );
    }
  } catch (error) {
    for (const undoes of undo) await undoes();
    throw error;
  }
}
