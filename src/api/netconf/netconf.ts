import { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import {
  getNetconf,
  listNetconf,
  NETCONFA_IFINDEX_ALL,
  NETCONFA_IFINDEX_DEFAULT,
  type Netconf as RtnlNetconf,
} from "../../rtnl/index.ts";
import { refuseOthers } from "../filter.ts";
import { asking } from "../refusal.ts";
import { type Dev, type LinkName, nameOf, type Session } from "../session.ts";
import { withoutUndefined } from "../words.ts";

export type NetconfFamily = "inet" | "inet6" | "mpls";

/** How packets of a family are treated on a link, as `ip -j netconf` prints it in camelCase. */
export interface Netconf {
  family: NetconfFamily;
  /** Name of a link, `all` or `default`. */
  interface: string;
  forwarding?: boolean;
  /** `off`, `strict`, `loose` (RFC 3704). */
  rpFilter?: string;
  mcForwarding?: boolean;
  proxyNeigh?: boolean;
  ignoreRoutesWithLinkdown?: boolean;
  bcForwarding?: boolean;
  forceForwarding?: boolean;
  /** MPLS: labelled packets are taken in. */
  input?: boolean;
}

export interface NetconfFilter {
  family?: NetconfFamily;
  /** A link, `all` or `default`. */
  dev?: Dev;
}

const families: readonly NetconfFamily[] = ["inet", "inet6", "mpls"];
const special: Readonly<Record<string, number>> = {
  all: NETCONFA_IFINDEX_ALL,
  default: NETCONFA_IFINDEX_DEFAULT,
};
const rpFilters = ["off", "strict", "loose"];
const words = { family: "ncmFamily", dev: "ifindex" };

/** What is configured for the packets of a family; read only, as `ip netconf` (ip-netconf(8)). */
export class Netconfs {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** What is configured for links, for all together (`all`), and for new ones (`default`). */
  async list(filter: NetconfFilter = {}, options?: RequestOptions): Promise<Netconf[]> {
    return asking(filter, words, async () => {
      const { family, dev, ...others } = filter;
      refuseOthers(others, ["family", "dev"]);
      const index = dev === undefined ? undefined : await this.#index(dev, options);
      const found: RtnlNetconf[] = [];
      for (const ncmFamily of family === undefined ? families : [family]) {
        found.push(...(await this.#list(ncmFamily, family !== undefined, options)));
      }
      const names = await this.#session.names(options);
      return found
        .filter(({ ifindex }) => index === undefined || ifindex === index)
        .map((netconf) => read(netconf, names));
    });
  }

  /**
   * What is configured for one link, `all` or `default`.
   *
   * @throws KernelError `EINVAL` the family has nothing there.
   */
  async get(dev: Dev, family: NetconfFamily = "inet", options?: RequestOptions): Promise<Netconf> {
    return asking({ dev, family }, words, async () => {
      const ifindex = await this.#index(dev, options);
      const request = getNetconf({ ncmFamily: family, ifindex });
      const found = await this.#session.client.request(request, options);
      return read(found!, await this.#session.namesOf([ifindex], options));
    });
  }

  /** A family that the kernel was built without has nothing. */
  async #list(
    ncmFamily: NetconfFamily,
    asked: boolean,
    options: RequestOptions | undefined,
  ): Promise<RtnlNetconf[]> {
    try {
      const found = await this.#session.client.list(listNetconf({ ncmFamily }), options);
      // Without a family's own handler the kernel answers for all families.
      return found.filter((netconf) => netconf.ncmFamily === ncmFamily);
    } catch (error) {
      if (!asked && error instanceof KernelError && error.code === "EOPNOTSUPP") return [];
      throw error;
    }
  }

  async #index(dev: Dev, options: RequestOptions | undefined): Promise<number> {
    return special[dev] ?? (await this.#session.indexOf(dev, "dev", options));
  }
}

function read(netconf: RtnlNetconf, names: ReadonlyMap<number, LinkName>): Netconf {
  const { ifindex = 0, rpFilter } = netconf;
  const isOn = (value: number | undefined) => (value === undefined ? undefined : value !== 0);
  return withoutUndefined<Netconf>({
    family: netconf.ncmFamily as NetconfFamily,
    interface: Object.keys(special).find((word) => special[word] === ifindex) ?? nameOf(names, ifindex),
    forwarding: isOn(netconf.forwarding),
    rpFilter: rpFilter === undefined ? undefined : (rpFilters[rpFilter] ?? String(rpFilter)),
    mcForwarding: isOn(netconf.mcForwarding),
    proxyNeigh: isOn(netconf.proxyNeigh),
    ignoreRoutesWithLinkdown: isOn(netconf.ignoreRoutesWithLinkdown),
    bcForwarding: isOn(netconf.bcForwarding),
    forceForwarding: isOn(netconf.forceForwarding),
    input: isOn(netconf.input),
  });
}
