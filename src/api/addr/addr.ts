import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { delAddr, listAddrs, newAddr, type Addr as RtnlAddr } from "../../rtnl/addr/index.ts";
import { refuseEmpty } from "../filter.ts";
import { flushAll } from "../flush.ts";
import { selectLinks, selectorWords } from "../link/select.ts";
import { many, type OneOrMany } from "../many.ts";
import { type Advice, asking } from "../refusal.ts";
import { type Dev, type LinkName, linkName, type Session } from "../session.ts";
import type { Words } from "../words.ts";
import { type AddrFilter, addrTest, filterWords } from "./filter.ts";
import { type Addr, readAddr } from "./read.ts";
import { type AddrKey, type AddrSettings, addrPaths, writeAddr, writeKey } from "./write.ts";

/** IP addresses of the links of one namespace, with the verbs of ip-address(8). */
export class Addrs {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Gives a link an address.
   *
   * @param addr - `10.0.0.1/24`, or an object with that as `local` and more.
   * @throws KernelError `EEXIST` the link has it; `ENODEV` with `path` `dev`.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.addr.add("eth0", "10.0.0.1/24");
   * await ns.addr.add("eth0", { local: "fd00::1/64", nodad: true, validLifeTime: 3600 });
   */
  async add(dev: Dev, addr: OneOrMany<string | AddrSettings>, options?: RequestOptions): Promise<void> {
    await many(this.#session, addr, (session, one) =>
      new Addrs(session).#put(dev, one, NLM_F_CREATE | NLM_F_EXCL, options),
    );
  }

  /** Gives a link an address, or changes the lifetimes, flags and metric of the one that is there. */
  async replace(dev: Dev, addr: OneOrMany<string | AddrSettings>, options?: RequestOptions): Promise<void> {
    await many(this.#session, addr, (session, one) =>
      new Addrs(session).#put(dev, one, NLM_F_CREATE | NLM_F_REPLACE, options),
    );
  }

  /** As `ip addr change`, for which the kernel does what it does for {@link replace}. */
  async change(dev: Dev, addr: OneOrMany<string | AddrSettings>, options?: RequestOptions): Promise<void> {
    await many(this.#session, addr, (session, one) =>
      new Addrs(session).#put(dev, one, NLM_F_REPLACE, options),
    );
  }

  /**
   * Takes an address from a link. An IPv4 address without a prefix length goes whatever its own is.
   *
   * @throws KernelError `EADDRNOTAVAIL` the link does not have it.
   */
  async delete(dev: Dev, addr: string | AddrKey, options?: RequestOptions): Promise<void> {
    const key = typeof addr === "string" ? { local: addr } : addr;
    await this.#asking(dev, key, async () => {
      const index = await this.#session.indexOf(dev, "dev", options);
      await this.#session.client.request(delAddr(writeKey(key, index)), options);
    });
  }

  /** All addresses, or those that the filter lets through. */
  async list(filter: AddrFilter = {}, options?: RequestOptions): Promise<Addr[]> {
    return asking(filter, addrPaths, async () => {
      const { found, names } = await this.#find(filter, options);
      return found.map((addr) => readAddr(addr, names));
    });
  }

  /**
   * Deletes the addresses that the filter lets through.
   *
   * @throws InputError an empty filter.
   */
  async flush(filter: AddrFilter, options?: RequestOptions): Promise<void> {
    await asking(filter, addrPaths, async () => {
      refuseEmpty(filter, filterWords);
      // The kernel may make a secondary address the primary one when that goes: then it is not meant.
      const primaryOnly = filter.primary === true || filter.secondary === false;
      await flushAll(
        this.#session.client,
        async () => (await this.#find(filter, options)).found,
        (addr) => delAddr(keyOf(addr)),
        "EADDRNOTAVAIL",
        options,
        primaryOnly ? 1 : undefined,
      );
    });
  }

  async #find(
    filter: AddrFilter,
    options: RequestOptions | undefined,
  ): Promise<{ found: RtnlAddr[]; names: ReadonlyMap<number, LinkName> }> {
    const { client } = this.#session;
    const all = (index?: number) =>
      client.list(listAddrs({ ifaFamily: filter.family, ifaIndex: index }), options);
    // A filter that cannot be is refused before anything is sent.
    addrTest(filter, new Map());
    const own = filter.dev === undefined ? undefined : await this.#session.link(filter.dev, "dev", options);
    const selects = selectorWords.some((word) => filter[word] !== undefined);
    const links = own && !selects ? [own] : selectLinks(this.#session, filter, ["skip-stats"], options);
    const [addrs, selected] = await Promise.all([all(own?.ifiIndex), links]);
    const names = new Map(selected.map((link) => [link.ifiIndex, linkName(link)]));
    return { found: addrs.filter(addrTest(filter, names)), names };
  }

  async #put(
    dev: Dev,
    addr: string | AddrSettings,
    flags: number,
    options: RequestOptions | undefined,
  ): Promise<void> {
    const settings = typeof addr === "string" ? { local: addr } : addr;
    await this.#asking(dev, settings, async () => {
      const index = await this.#indexFor(dev, settings, options);
      await this.#session.client.request(newAddr(writeAddr(settings, index), flags), options);
    });
  }

  /** The link's index; where a label is given the link's name is needed too, which it begins with. */
  async #indexFor(dev: Dev, { label }: AddrSettings, options: RequestOptions | undefined): Promise<number> {
    if (label === undefined) return this.#session.indexOf(dev, "dev", options);
    const link = await this.#session.link(dev, "dev", options);
    const { ifname } = linkName(link);
    if (label !== ifname && !String(label).startsWith(`${ifname}:`)) {
      throw new InputError("label", `${ifname}, or ${ifname}: with more behind the colon`, label);
    }
    return link.ifiIndex;
  }

  async #asking(dev: Dev, key: AddrKey, request: () => Promise<void>): Promise<void> {
    // Without a peer both attributes are the address itself.
    const words: Words =
      key.peer === undefined ? { ...addrPaths, peer: "peer", local: "address" } : addrPaths;
    const device = typeof dev === "number" ? `index ${dev}` : dev;
    await asking({ dev, ...key }, words, request, (error) =>
      advice(error, `${device} in ${this.#session.label}`),
    );
  }
}

function advice({ code, path }: KernelError, device: string): Advice | undefined {
  if (code === "EEXIST") return { path: "local", hint: "replace changes an address that is there" };
  if (code === "EADDRNOTAVAIL") return { path: "local", hint: `no such address on ${device}` };
  if (code === "ENODEV" && path === undefined) return { path: "dev", hint: `no link ${device}` };
  return undefined;
}

function keyOf(addr: RtnlAddr): Partial<RtnlAddr> {
  const { ifaFamily, ifaPrefixlen, ifaIndex, local, address } = addr;
  return { ifaFamily, ifaPrefixlen, ifaIndex, local, address };
}
