import type { Requester } from "../netlink/batch.ts";
import { ERRNO } from "../netlink/errno.ts";
import { InputError } from "../netlink/errors.ts";
import { KernelError } from "../netlink/kernel-error.ts";
import type { RequestOptions } from "../netlink/pending.ts";
import type { Request } from "../netlink/request.ts";
import { getLink, getLinkHeader, type Link, listLinks } from "../rtnl/link/index.ts";
import { Bulk } from "./bulk.ts";

/** A link by its name, one of its alternative names, or its index. */
export type Dev = string | number;

/** What is remembered of links while a listing is put into words. */
export interface LinkName {
  readonly ifname: string;
  readonly up: boolean;
}

const IFNAMSIZ = 16;

/** How a request names a link: by index, name, or, where it is too long for a name, alternative name. */
export function linkReference(dev: Dev, field: string): Partial<Link> {
  if (typeof dev === "number") {
    if (Number.isInteger(dev) && dev > 0 && dev < 2 ** 31) return { ifiIndex: dev };
    throw new InputError(field, "an interface's index, 1 to 2147483647", dev);
  }
  if (typeof dev !== "string" || dev === "") throw new InputError(field, "an interface's name or index", dev);
  return new TextEncoder().encode(dev).length < IFNAMSIZ ? { ifname: dev } : { altIfname: dev };
}

/** One namespace's rtnetlink client, and what the objects on top of it share. */
export class Session {
  readonly client: Requester;
  /** For messages: `namespace "red"`. */
  readonly label: string;

  constructor(client: Requester, label: string) {
    this.client = client;
    this.label = label;
  }

  /**
   * The link `dev`, without statistics.
   *
   * @param field - where the caller named it, for the error.
   * @throws KernelError `ENODEV` with that path.
   */
  async link(dev: Dev, field: string, options?: RequestOptions): Promise<Link> {
    return this.#find(dev, field, getLink, options);
  }

  async #find<R>(
    dev: Dev,
    field: string,
    request: (link: Partial<Link>) => Request<R>,
    options: RequestOptions | undefined,
  ): Promise<R> {
    const asked = linkReference(dev, field);
    try {
      const link = await this.client.request(request({ ...asked, extMask: ["skip-stats"] }), options);
      return link!;
    } catch (error) {
      if (error instanceof KernelError && error.code === "ENODEV") throw this.noSuchLink(dev, field);
      if (error instanceof InputError) throw new InputError(field, error.expected, error.received);
      throw error;
    }
  }

  noSuchLink(dev: Dev, field: string): KernelError {
    const message = `no link ${typeof dev === "number" ? `with index ${dev}` : JSON.stringify(dev)} in ${this.label}`;
    return new KernelError("RTM_GETLINK", { [field]: dev }, ERRNO.ENODEV!, { message, path: field });
  }

  /** The index of `dev`; a number is taken as it is. */
  async indexOf(dev: Dev, field: string, options?: RequestOptions): Promise<number> {
    if (typeof dev === "number") return linkReference(dev, field).ifiIndex!;
    const find = async () => (await this.#find(dev, field, getLinkHeader, options)).ifiIndex;
    if (!(this.client instanceof Bulk)) return find();
    const { indexes } = this.client;
    const known = indexes.get(dev);
    const finding = known ?? find();
    if (!known) indexes.set(dev, finding);
    try {
      // The first waits as those behind it do, so that they go on in their order.
      return await finding;
    } catch (error) {
      if (!known) throw error;
      // It was asked for elsewhere, and the error says so.
      return find();
    }
  }

  /** Names of these links alone: cheaper than {@link names} for a few. One that is gone has none. */
  async namesOf(
    indexes: Iterable<number | undefined>,
    options?: RequestOptions,
  ): Promise<ReadonlyMap<number, LinkName>> {
    const asked = [...new Set(indexes)].filter((index) => index !== undefined && index > 0);
    const links = await Promise.all(
      asked.map((index) => this.link(index!, "dev", options).catch(ignoreMissing)),
    );
    return new Map(links.flatMap((link) => (link ? [[link.ifiIndex, linkName(link)]] : [])));
  }

  /** Names of all links by index. */
  async names(options?: RequestOptions): Promise<ReadonlyMap<number, LinkName>> {
    const links = await this.client.list(listLinks({ extMask: ["skip-stats"] }), options);
    return new Map(links.map((link) => [link.ifiIndex, linkName(link)]));
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof KernelError && error.code === "ENODEV")) throw error;
}

export function linkName(link: Link): LinkName {
  return { ifname: link.ifname ?? `if${link.ifiIndex}`, up: link.ifiFlags.includes("up") };
}

/** The name of a link in a listing; one that went meanwhile is `if7`. */
export function nameOf(names: ReadonlyMap<number, LinkName>, index: number): string {
  return names.get(index)?.ifname ?? `if${index}`;
}
