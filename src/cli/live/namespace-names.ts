import { listNetns } from "../../api/netns/list.ts";
import { openNetns } from "../../api/netns/open.ts";
import type { Client } from "../../netlink/client.ts";
import { close } from "../../netlink/socket/libc.ts";
import { getNsid } from "../../rtnl/nsid/requests.ts";

/** How long names are believed, in milliseconds: namespaces come and go, and their ids are used again. */
const FRESH = 1000;

/** Names of the namespaces that a namespace knows by an id: those they have in /run/netns. */
export class NamespaceNames {
  readonly #client: Client;
  readonly #names = new Map<number, string>();
  #readAt = Number.NEGATIVE_INFINITY;

  /** @param client - speaks rtnetlink in the namespace whose ids these are. */
  constructor(client: Client) {
    this.#client = client;
  }

  /** `red`; `nsid 7` for one without a name. */
  async nameOf(nsid: number): Promise<string> {
    if (performance.now() - this.#readAt > FRESH) await this.#read();
    return this.#names.get(nsid) ?? `nsid ${nsid}`;
  }

  async #read(): Promise<void> {
    this.#names.clear();
    for (const { name } of listNetns()) {
      const nsid = await this.#nsidOf(name);
      if (nsid !== undefined && nsid >= 0 && !this.#names.has(nsid)) this.#names.set(nsid, name);
    }
    this.#readAt = performance.now();
  }

  async #nsidOf(name: string): Promise<number | undefined> {
    let fd: number;
    try {
      fd = openNetns(name);
    } catch {
      // Deleted meanwhile, or not ours to open: it stays without a name.
      return undefined;
    }
    try {
      return (await this.#client.request(getNsid({ fd })))?.nsid;
    } finally {
      close(fd);
    }
  }
}
