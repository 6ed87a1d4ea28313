import type { Requester } from "../../netlink/batch.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { delLink, getLink, newLink, type Link as RtnlLink, setLink } from "../../rtnl/link/index.ts";
import { refuseOthers, without } from "../filter.ts";
import { groupNumber } from "../names.ts";
import { closeNetns } from "../netns/descriptor.ts";
import { openNetns } from "../netns/open.ts";
import { type Advice, asking } from "../refusal.ts";
import { type Dev, linkName, linkReference, type Session } from "../session.ts";
import { linkPathsOf, linksIn, type SlaveData } from "./kinds.ts";
import { inTwoSteps, type LaterStep } from "./later.ts";
import { LinkProperty } from "./property.ts";
import { type Link, readLink } from "./read.ts";
import { type LinkSelector, selectLinks, selectorWords } from "./select.ts";
import { needsBefore, type VfInfo } from "./vf.ts";
import { linkPaths } from "./words.ts";
import {
  type LinkAdd,
  type LinkSet,
  type LinkSettings,
  type NetnsLike,
  type Resolved,
  writeLink,
} from "./write.ts";

/** All links of a group. */
export interface LinkGroup {
  group: string | number;
}

export interface LinkListOptions extends RequestOptions {
  /** With `stats64`, as `ip -s`; default false. */
  stats?: boolean;
}

/** Links of one namespace, with the verbs of ip-link(8). */
export class Links {
  /** Alternative names. */
  readonly property: LinkProperty;
  readonly #session: Session;

  constructor(session: Session) {
    this.property = new LinkProperty(session);
    this.#session = session;
  }

  /**
   * Makes a link.
   *
   * @throws KernelError `EEXIST` the name is taken; `EOPNOTSUPP` the kernel has no such kind; `ENODEV` with `path`
   *   another link named here does not exist.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.link.add({ ifname: "veth0", kind: "veth", peer: { ifname: "eth0", netns: "red" } });
   */
  async add(link: LinkAdd, options?: RequestOptions): Promise<void> {
    await this.#make(link, NLM_F_CREATE | NLM_F_EXCL, options);
  }

  /** Makes a link, or changes the one of the same kind that has the name. */
  async replace(link: LinkAdd, options?: RequestOptions): Promise<void> {
    // NLM_F_REPLACE the kernel refuses for links; without NLM_F_EXCL it changes what is there.
    await this.#make(link, NLM_F_CREATE, options);
  }

  /**
   * Changes a link, or all of a group: `up`, `mtu`, `master`, `netns`, a new `ifname` …
   *
   * @example
   * await ns.link.set("eth0", { up: true });
   * await ns.link.set({ group: 7 }, { up: false });
   */
  async set(dev: Dev | LinkGroup, settings: LinkSet, options?: RequestOptions): Promise<void> {
    await asking(
      { dev, ...settings },
      linkPathsOf(settings.kind),
      async () => {
        const found = await this.#reference(dev, settings, options);
        const vfs = typeof dev === "object" ? undefined : await this.#vfsBefore(dev, settings, options);
        await this.#resolved(settings, options, async (references) => {
          const resolved = { ...references, vfs };
          const { slaveKind, slaveData, ...first } = settings as LinkSettings & SlaveData;
          const joins = settings.master !== undefined && slaveData !== undefined;
          const now = joins ? (first as LinkSet) : settings;
          const { client } = this.#session;
          await client.request(setLink({ ...writeLink(now, resolved), ...found }), options);
          if (!joins) return;
          const slave = writeLink({ slaveKind, slaveData } as SlaveData, {});
          // The kernel takes a port's options only when the link is a port already.
          await client.request(setLink({ ...slave, ...found }), options);
        });
      },
      (error) => (error.code === "ENODEV" && error.path === undefined ? this.#noLink(dev) : undefined),
    );
  }

  /** The same as {@link set}. */
  async change(dev: Dev | LinkGroup, settings: LinkSet, options?: RequestOptions): Promise<void> {
    await this.set(dev, settings, options);
  }

  /**
   * Deletes a link, or all of a group; the other end of a pair goes with it.
   *
   * @throws KernelError `ENODEV` there is none; `EPERM` in group 0, which every link is in at first.
   */
  async delete(dev: Dev | LinkGroup, options?: RequestOptions): Promise<void> {
    await this.#about(dev, async () => {
      const link = await this.#reference(dev, {}, options);
      await this.#session.client.request(delLink(link), options);
    });
  }

  /** How a request names what is meant. */
  async #reference(
    dev: Dev | LinkGroup,
    { ifname, group }: LinkSettings,
    options: RequestOptions | undefined,
  ): Promise<Partial<RtnlLink>> {
    if (typeof dev === "object" && dev !== null) {
      if (ifname !== undefined) throw new InputError("ifname", "no name for all links of a group", ifname);
      if (group !== undefined) throw new InputError("group", "no other group: links are chosen by it", group);
      return { group: groupNumber(dev.group, "dev.group") };
    }
    const link = linkReference(dev, "dev");
    // A name in the request stands for the link, unless there is a new one for it.
    const named = ifname === undefined && link.altIfname === undefined;
    return named ? link : { ifiIndex: await this.#session.indexOf(dev, "dev", options) };
  }

  /**
   * One link, with statistics.
   *
   * @throws KernelError `ENODEV`
   */
  async get(dev: Dev, options?: RequestOptions): Promise<Link> {
    return this.#about(dev, async () => {
      const asked = { ...linkReference(dev, "dev"), extMask: ["vf"] as "vf"[] };
      const link = await this.#session.client.request(getLink(asked), options);
      return readLink(link!, await this.#session.namesOf(neighboursOf(link!), options), true);
    });
  }

  /** A request about one link, which may not exist. */
  #about<T>(dev: Dev | LinkGroup, request: () => Promise<T>): Promise<T> {
    return asking({ dev }, { dev: "ifname" }, request, (error) =>
      error.code === "ENODEV" ? this.#noLink(dev) : undefined,
    );
  }

  #noLink(dev: Dev | LinkGroup): Advice {
    return { path: "dev", hint: `no link ${JSON.stringify(dev)} in ${this.#session.label}` };
  }

  /** All links, or those that the filter lets through. */
  async list(filter: LinkSelector = {}, options: LinkListOptions = {}): Promise<Link[]> {
    return asking(filter, linkPaths, async () => {
      refuseOthers(without(filter, selectorWords), selectorWords);
      const stats = options.stats === true;
      const links = await selectLinks(this.#session, filter, stats ? ["vf"] : ["vf", "skip-stats"], options);
      const narrowed = Object.values(filter).some((condition) => condition !== undefined);
      const names = narrowed
        ? await this.#session.names(options)
        : new Map(links.map((link) => [link.ifiIndex, linkName(link)]));
      return links.map((link) => readLink(link, names, stats));
    });
  }

  async #make(link: LinkAdd, flags: number, options: RequestOptions | undefined): Promise<void> {
    const { now, later } = inTwoSteps(link);
    await asking(
      link,
      linkPathsOf(link.kind),
      () =>
        this.#resolved(now, options, async (resolved) => {
          await this.#session.client.request(newLink(writeLink(now, resolved), flags), options);
          try {
            for (const step of later) await this.#finish(step, resolved, options);
          } catch (error) {
            if (flags & NLM_F_EXCL)
              await this.#inNetns(resolved, (client) => client.request(delLink({ ifname: link.ifname })));
            throw error;
          }
        }),
      (error) => adviceOnMaking(error, link),
    );
  }

  /** The second step of making a link, where the link then is. */
  async #finish(step: LaterStep, resolved: Resolved, options: RequestOptions | undefined): Promise<void> {
    const value = writeLink(step.settings, {});
    const where = step.isPeer ? (resolved.peer ?? {}) : resolved;
    await this.#inNetns(where, (client) =>
      client.request(setLink({ ...value, ifname: step.ifname }), options),
    );
  }

  async #inNetns<T>(resolved: Resolved, use: (client: Requester) => Promise<T>): Promise<T> {
    if (resolved.netns === undefined) return use(this.#session.client);
    await using client = this.#session.client.inNetns(resolved.netns);
    return await use(client);
  }

  /** The virtual functions as they are, where some of it stays. */
  async #vfsBefore(
    dev: Dev,
    { vfinfoList }: LinkSettings,
    options: RequestOptions | undefined,
  ): Promise<readonly VfInfo[] | undefined> {
    if (!Array.isArray(vfinfoList) || !needsBefore(vfinfoList)) return undefined;
    return (await this.get(dev, options)).vfinfoList;
  }

  /** Looks up what the settings name, and keeps the namespaces open until the request was sent. */
  async #resolved(
    settings: LinkAdd,
    options: RequestOptions | undefined,
    send: (resolved: Resolved) => Promise<void>,
  ): Promise<void> {
    const descriptors: number[] = [];
    try {
      await send(await this.#resolve(settings, "", descriptors, options));
    } finally {
      for (const fd of descriptors) closeNetns(fd);
    }
  }

  async #resolve(
    settings: LinkAdd,
    prefix: string,
    descriptors: number[],
    options: RequestOptions | undefined,
  ): Promise<Resolved> {
    const { master, link, netns, kind, data, peer } = settings;
    const index = async (dev: Dev | null | undefined, field: string) =>
      dev === undefined || dev === null ? undefined : this.#session.indexOf(dev, prefix + field, options);
    const dataLinks: Record<string, number> = {};
    for (const [field, dev] of linksIn(kind, data))
      dataLinks[field] = dev === null ? 0 : (await index(dev as Dev, `data.${field}`))!;
    return {
      master: await index(master, "master"),
      link: await index(link, "link"),
      dataLinks,
      netns: netns === undefined ? undefined : openedNetns(netns, descriptors),
      peer: peer && (await this.#resolve(peer as LinkSettings as LinkAdd, "peer.", descriptors, options)),
    };
  }
}

/** The links that a link mentions. */
function neighboursOf(link: RtnlLink): (number | undefined)[] {
  const lower = link.linkNetnsid === undefined ? link.link : undefined;
  const { kind, data } = link.linkinfo ?? {};
  const inData = linksIn(kind, data).map(([, index]) => (typeof index === "number" ? index : undefined));
  return [lower, link.master, ...inData];
}

function openedNetns(netns: NetnsLike, descriptors: number[]): number {
  const fd = openNetns(netns);
  descriptors.push(fd);
  return fd;
}

function adviceOnMaking(error: KernelError, link: LinkAdd): Advice | undefined {
  switch (error.code) {
    case "EEXIST":
      return { path: "ifname", hint: "a link of that name or index exists: replace() changes it" };
    case "EOPNOTSUPP":
      if (error.kernelMessage !== "Unknown device type")
        return { hint: "this kernel lacks an option that was asked for" };
      return {
        path: "kind",
        hint: `this kernel has no link kind ${JSON.stringify(link.kind)}: its module cannot be loaded`,
      };
    default:
      return undefined;
  }
}
