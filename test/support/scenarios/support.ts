import { KernelError, type LinkSettings, type Netns } from "../../../src/index.ts";

export const mac = (end: number): string => `02:00:00:00:00:${end.toString(16).padStart(2, "0")}`;

/** No link-local address: it would come when it likes. */
export const quiet: LinkSettings = { inet6AddrGenMode: "none" };

/** A pair in one namespace, up, with addresses of its own. */
export async function pair(ns: Netns, one = "veth0", two = "veth1", first = 1): Promise<void> {
  await ns.link.add({
    ifname: one,
    kind: "veth",
    address: mac(first),
    peer: { ifname: two, address: mac(first + 1) },
  });
  for (const dev of [one, two]) {
    await ns.link.set(dev, quiet);
    await ns.link.set(dev, { up: true });
  }
}

/** What an error says, without the parts that only people read. */
export async function refusal(attempt: () => Promise<unknown>): Promise<object> {
  try {
    await attempt();
  } catch (error) {
    if (!(error instanceof KernelError)) throw error;
    const { code, request, kernelMessage, path, missing, policy } = error;
    return { code, request, kernelMessage, path, missing, policy };
  }
  throw new Error("nothing was refused");
}
