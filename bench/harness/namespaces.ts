/** The network namespaces that hold the data. They have no names, so nothing stays when the harness is killed. */
import { KernelError, Netns } from "nlkit";
import { container, LINKS, route4, route6 } from "../data.ts";
import { addRoutes } from "../nlkit.ts";
import type { Data } from "./works.ts";

export const linkName = (index: number): string => `l${index}`;

/** Namespaces by what is in them, made when they are first asked for and closed together. */
export class Namespaces implements AsyncDisposable {
  readonly #made = new Map<string, Netns>();

  async with(data: Data): Promise<Netns> {
    const key = `${data.kind} ${data.n}`;
    const known = this.#made.get(key);
    if (known) return known;
    const ns = await prepare();
    this.#made.set(key, ns);
    await fill(ns, data);
    return ns;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const ns of this.#made.values()) ns.close();
  }
}

/** A new namespace with the links that routes go out by. */
export async function prepare(): Promise<Netns> {
  const ns = await Netns.anonymous();
  try {
    for (const ifindex of LINKS) await addLink(ns, linkName(ifindex), ifindex);
    return ns;
  } catch (error) {
    ns.close();
    throw error;
  }
}

/** A link with nothing behind it, of the first kind that this kernel has. */
async function addLink(ns: Netns, ifname: string, ifindex?: number): Promise<void> {
  try {
    await ns.link.add({ ifname, kind: "dummy", ifindex, up: true });
  } catch (error) {
    if (!(error instanceof KernelError && error.code === "EOPNOTSUPP")) throw error;
    await ns.link.add({ ifname, kind: "ifb", ifindex, up: true });
  }
}

async function fill(ns: Netns, { kind, n }: Data): Promise<void> {
  if (kind === "route4") await addRoutes(ns.client, n, route4);
  if (kind === "route6") await addRoutes(ns.client, n, route6);
  if (kind === "link") await fillLinks(ns, n);
}

/** Veth pairs, as on a machine full of containers, up to `n` links with those that are there. */
async function fillLinks(ns: Netns, n: number): Promise<void> {
  const missing = n - (await ns.link.list()).length;
  if (missing % 2 === 1) await addLink(ns, "odd");
  for (let i = 0; i < missing >> 1; i++) {
    await ns.link.add({ ifname: `v${i}`, kind: "veth", up: true, peer: { ifname: `w${i}`, up: true } });
  }
}

/** Refuses when a container of the work `attach` exists: it would not be ours to delete. */
export async function refuseContainers(): Promise<void> {
  const taken = (await Netns.list()).find(({ name }) => /^h3-c\d+$/.test(name));
  if (taken) throw new Error(`the network namespace ${taken.name} exists: delete it first (ip netns del)`);
}

/** Deletes the containers of the work `attach`, and waits until the kernel has taken them down. */
export async function deleteContainers(host: Netns, n: number): Promise<void> {
  for (let i = 0; i < n; i++) {
    await Netns.delete(container(i).name).catch((error: { code?: string }) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  const patience = Date.now() + 60_000;
  while ((await host.link.list({ kind: "veth" })).length > 0 && Date.now() < patience) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
