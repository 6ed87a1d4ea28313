import type { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { type BrVlan, type BrVlanDump, delBrVlan, listBrVlans, newBrVlan } from "../../rtnl/brvlan/index.ts";
import { refuseOthers } from "../filter.ts";
import { type Advice, asking } from "../refusal.ts";
import type { Dev, LinkName, Session } from "../session.ts";
import {
  readGlobals,
  readTunnels,
  readVlans,
  type VlanGlobals,
  type Vlans as VlansOfLink,
  type VlanTunnels,
} from "./read.ts";
import { globalWords, type VlanRange, vlanPaths } from "./words.ts";
import {
  type VlanAdd,
  type VlanGlobalSet,
  type VlanSet,
  writeAdd,
  writeDelete,
  writeGlobal,
  writeSet,
  writeUnmap,
} from "./write.ts";

/** Which VLANs to list; without anything those of all bridges and ports. */
export interface VlanFilter {
  /** Of this bridge or port. */
  dev?: Dev;
  vid?: number;
}

export interface VlanListOptions extends RequestOptions {
  /** With counters, as `bridge -s`; default false. */
  stats?: boolean;
}

/** The VLANs of one namespace's bridges and their ports, with the verbs of `bridge vlan`. */
export class Vlans {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Gives a port VLANs, or a bridge itself; changes the flags of those it has.
   *
   * @throws KernelError `ENODEV` with `path`: no such link; `EINVAL`: it is neither bridge nor port.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.vlan.add("veth0", { vid: 10, pvid: true, untagged: true });
   */
  async add(dev: Dev, vlan: VlanAdd, options?: RequestOptions): Promise<void> {
    await this.#change(dev, vlan, () => writeAdd(vlan), newBrVlan, options);
  }

  /** Changes options of VLANs that are there. */
  async set(dev: Dev, vlan: VlanSet, options?: RequestOptions): Promise<void> {
    await this.#change(dev, vlan, () => writeSet(vlan), newBrVlan, options);
  }

  /**
   * Takes VLANs away; with `tunnelInfo` their mapping to tunnels alone.
   *
   * @throws KernelError `ENOENT` there are none.
   */
  async delete(
    dev: Dev,
    vlan: VlanRange & Pick<VlanAdd, "tunnelInfo">,
    options?: RequestOptions,
  ): Promise<void> {
    const { tunnelInfo } = vlan;
    if (tunnelInfo === undefined) await this.#change(dev, vlan, () => writeDelete(vlan), delBrVlan, options);
    else await this.#change(dev, vlan, () => writeUnmap(vlan), newBrVlan, options);
  }

  /** Changes options of a bridge's VLANs at all ports: `bridge vlan global set`. */
  async setGlobal(dev: Dev, vlan: VlanGlobalSet, options?: RequestOptions): Promise<void> {
    await this.#change(dev, vlan, () => writeGlobal(vlan), newBrVlan, options);
  }

  /** The VLANs of all bridges and ports, or those that the filter lets through. */
  async list(filter: VlanFilter = {}, options: VlanListOptions = {}): Promise<VlansOfLink[]> {
    const found = await this.#list(filter, options.stats ? ["stats"] : [], readVlans, options);
    return found
      .map(({ ifname, vlans }) => ({ ifname, vlans: vlans.filter((vlan) => isOf(filter.vid, vlan)) }))
      .filter(({ vlans }) => vlans.length > 0);
  }

  /** Which VLANs are mapped to tunnels: `bridge vlan tunnelshow`. */
  async tunnels(filter: VlanFilter = {}, options?: RequestOptions): Promise<VlanTunnels[]> {
    const found = await this.#list(filter, [], readTunnels, options);
    return found
      .map(({ ifname, tunnels }) => ({ ifname, tunnels: tunnels.filter((vlan) => isOf(filter.vid, vlan)) }))
      .filter(({ tunnels }) => tunnels.length > 0);
  }

  /** Options of bridges' VLANs at all ports: `bridge vlan global show`. */
  async globals(filter: VlanFilter = {}, options?: RequestOptions): Promise<VlanGlobals[]> {
    const found = await this.#list(filter, ["global"], readGlobals, options);
    return found
      .map(({ ifname, vlans }) => ({ ifname, vlans: vlans.filter((vlan) => isOf(filter.vid, vlan)) }))
      .filter(({ vlans }) => vlans.length > 0);
  }

  async #change(
    dev: Dev,
    asked: object,
    write: () => Partial<BrVlan>,
    request: typeof newBrVlan,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await asking(
      { dev, ...asked },
      { ...vlanPaths, ...globalWords },
      async () => {
        const value = write();
        const ifindex = await this.#session.indexOf(dev, "dev", options);
        await this.#session.client.request(request({ ...value, ifindex }), options);
      },
      (error) => adviceOn(error, dev),
    );
  }

  async #list<T>(
    filter: VlanFilter,
    flags: NonNullable<BrVlanDump["flags"]>,
    read: (message: BrVlan, names: ReadonlyMap<number, LinkName>) => T,
    options: RequestOptions | undefined,
  ): Promise<T[]> {
    const { dev, vid: _vid, ...others } = filter;
    return asking(
      filter,
      vlanPaths,
      async () => {
        refuseOthers(others, ["dev", "vid"]);
        const ifindex = dev === undefined ? 0 : await this.#session.indexOf(dev, "dev", options);
        const request = listBrVlans({
          family: "bridge",
          ifindex,
          flags: flags.length > 0 ? flags : undefined,
        });
        const found = await this.#session.client.list(request, options);
        const names = await this.#session.names(options);
        return found.map((message) => read(message, names));
      },
      (error) => (dev === undefined ? undefined : adviceOn(error, dev)),
    );
  }
}

function isOf(
  vid: number | undefined,
  { vlan, vlanEnd = vlan }: { vlan: number; vlanEnd?: number },
): boolean {
  return vid === undefined || (vid >= vlan && vid <= vlanEnd);
}

function adviceOn(error: KernelError, dev: Dev): Advice | undefined {
  if (error.code === "ENODEV") return { path: "dev" };
  if (error.code === "EINVAL" && error.kernelMessage?.includes("not a valid bridge"))
    return { path: "dev", hint: `${JSON.stringify(dev)} is neither a bridge nor a port of one` };
  return undefined;
}
