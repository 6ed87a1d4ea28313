import type { BrVlan, VlandbEntry, VlandbGlobalOptions } from "../../rtnl/brvlan/index.ts";
import { type LinkName, nameOf } from "../session.ts";
import { inWords, withoutUndefined } from "../words.ts";
import { globalWords } from "./words.ts";

/** VLANs of a bridge or its port, as `bridge -j -d vlan show` prints them, in camelCase. */
export interface Vlans {
  ifname: string;
  vlans: Vlan[];
}

export interface Vlan {
  /** The VLAN, or the first one of a range that is alike. */
  vlan: number;
  vlanEnd?: number;
  /** `PVID`: frames without a tag are of it; `Egress Untagged`: it is sent without a tag. */
  flags?: string[];
  /** What the spanning tree lets it do: `forwarding`, `blocking` … */
  state?: string;
  mcastRouter?: number;
  /** Multicast groups that it has. */
  mcastNGroups?: number;
  /** It may have at most, 0 for any number. */
  mcastMaxGroups?: number;
  neighSuppress?: boolean;
  /** Counters, with `stats`. */
  rxBytes?: number;
  rxPackets?: number;
  txBytes?: number;
  txPackets?: number;
}

type Names = ReadonlyMap<number, LinkName>;

/** The VLANs of one link; undefined where it has none. */
export function readVlans(message: BrVlan, names: Names): Vlans {
  return { ifname: nameOf(names, message.ifindex), vlans: (message.entry ?? []).map(readVlan) };
}

export function vlanFlags(flags: readonly (string | number)[]): string[] {
  return [
    ...(flags.includes("pvid") ? ["PVID"] : []),
    ...(flags.includes("untagged") ? ["Egress Untagged"] : []),
  ];
}

function readVlan(entry: VlandbEntry): Vlan {
  const flags = vlanFlags(entry.info?.flags ?? []);
  const { rxBytes, rxPackets, txBytes, txPackets } = entry.stats ?? {};
  return withoutUndefined<Vlan>({
    vlan: entry.info?.vid ?? 0,
    vlanEnd: entry.range,
    flags: flags.length > 0 ? flags : undefined,
    state: entry.state === undefined ? undefined : String(entry.state),
    mcastRouter: entry.mcastRouter,
    mcastNGroups: entry.mcastNGroups,
    mcastMaxGroups: entry.mcastMaxGroups,
    neighSuppress: entry.neighSuppress === undefined ? undefined : entry.neighSuppress !== 0,
    ...inWords({ rxBytes, rxPackets, txBytes, txPackets }, {}),
  });
}

/** What maps VLANs of a port to tunnels, as `bridge -j vlan tunnelshow` prints it. */
export interface VlanTunnels {
  ifname: string;
  tunnels: VlanTunnel[];
}

export interface VlanTunnel {
  vlan: number;
  vlanEnd?: number;
  /** VXLAN network identifier; of a range that of the first VLAN. */
  tunid: number;
  tunidEnd?: number;
}

export function readTunnels(message: BrVlan, names: Names): VlanTunnels {
  const tunnels = (message.entry ?? []).flatMap(({ info, range, tunnelInfo }) => {
    if (tunnelInfo?.id === undefined || info === undefined) return [];
    const last = range === undefined ? {} : { vlanEnd: range, tunidEnd: tunnelInfo.id + range - info.vid };
    return [{ vlan: info.vid, tunid: tunnelInfo.id, ...last }];
  });
  return { ifname: nameOf(names, message.ifindex), tunnels };
}

/** Options of a bridge's VLANs, as `bridge -j -d vlan global show` prints them. Times are in 1/100 s. */
export interface VlanGlobals {
  ifname: string;
  vlans: VlanGlobal[];
}

export interface VlanGlobal extends GlobalOptions {
  vlan: number;
  vlanEnd?: number;
  /** Ports that multicast routers are behind. */
  routerPorts?: { port: string }[];
}

export interface GlobalOptions {
  mcastSnooping?: number;
  mcastQuerier?: number;
  mcastIgmpVersion?: number;
  mcastMldVersion?: number;
  mcastLastMemberCount?: number;
  mcastLastMemberInterval?: number;
  mcastStartupQueryCount?: number;
  mcastStartupQueryInterval?: number;
  mcastMembershipInterval?: number;
  mcastQuerierInterval?: number;
  mcastQueryInterval?: number;
  mcastQueryResponseInterval?: number;
  /** Multiple spanning tree instance. */
  msti?: number;
}

export function readGlobals(message: BrVlan, names: Names): VlanGlobals {
  const vlans = (message.globalOptions ?? []).map((options) => readGlobal(options, names));
  return { ifname: nameOf(names, message.ifindex), vlans };
}

function readGlobal(options: VlandbGlobalOptions, names: Names): VlanGlobal {
  const { id, range, mcastRouterPorts, mcastQuerierState: _state, unknown: _unknown, ...rest } = options;
  return withoutUndefined<VlanGlobal>({
    ...inWords(rest, globalWords),
    vlan: id ?? 0,
    vlanEnd: range,
    routerPorts: mcastRouterPorts?.port?.map(({ ifindex }) => ({ port: nameOf(names, ifindex) })),
  });
}
