import { formatIpv4, formatIpv6 } from "../../netlink/codec/address.ts";
import type { Link as RtnlLink } from "../../rtnl/link/index.ts";
import { groupName, protoDownReasonName } from "../names.ts";
import { type LinkName, nameOf } from "../session.ts";
import { byDirection } from "../stats/counters.ts";
import type { LinkCounters } from "../stats/suites.ts";
import { upper, withoutUndefined } from "../words.ts";
import { linkFlags } from "./flags.ts";
import { dataInWords, type KindData, type SlaveData, slaveDataInWords } from "./kinds.ts";
import { readVf, type VfInfo } from "./vf.ts";
import { readXdp, type Xdp } from "./xdp.ts";

/** A link as `ip -j -d link show` prints it, in camelCase; `kind` and `data` are its `linkinfo`. */
export type Link = LinkFields & KindData & SlaveData;

export interface LinkFields {
  ifindex: number;
  ifname: string;
  /** Lower link, or the peer of a veth, where that is in the same namespace. */
  link?: string | null;
  /** Its index, where it is in another namespace. */
  linkIndex?: number;
  /** The id of that namespace here. */
  linkNetnsid?: number;
  /** `UP`, `LOWER_UP`, `NO-CARRIER` … */
  flags: string[];
  mtu?: number;
  qdisc?: string;
  /** Name of the bridge, bond, VRF … it is a member of. */
  master?: string;
  /** State of RFC 2863: `UP`, `DOWN`, `LOWERLAYERDOWN` … */
  operstate?: string;
  linkmode?: string;
  group?: string;
  txqlen?: number;
  /** `ether`, `loopback` … */
  linkType: string;
  /** Hardware address; the local IP address of a tunnel. */
  address?: string;
  broadcast?: string;
  /** Where it differs from `address`. */
  permaddr?: string;
  promiscuity?: number;
  allmulti?: number;
  minMtu?: number;
  maxMtu?: number;
  inet6AddrGenMode?: string;
  numTxQueues?: number;
  numRxQueues?: number;
  gsoMaxSize?: number;
  gsoMaxSegs?: number;
  tsoMaxSize?: number;
  tsoMaxSegs?: number;
  groMaxSize?: number;
  gsoIpv4MaxSize?: number;
  groIpv4MaxSize?: number;
  ifalias?: string;
  altnames?: string[];
  parentbus?: string;
  parentdev?: string;
  protoDown?: boolean;
  /** Why, by number or name (/etc/iproute2/protodown_reasons.d). */
  protoDownReason?: string[];
  physPortName?: string;
  physPortId?: string;
  physSwitchId?: string;
  numVf?: number;
  vfinfoList?: VfInfo[];
  xdp?: Xdp;
  /** Packets, bytes and errors since the link was made. */
  stats64?: LinkCounters;
}

const ipTypes = new Set<unknown>(["tunnel", "sit", "ipgre", "tunnel6", "ip6gre"]);

/** Tunnels have IP addresses where other links have hardware addresses; `ip` prints them as such. */
function linkAddress(text: string | undefined, type: RtnlLink["ifiType"]): string | undefined {
  if (text === undefined || !ipTypes.has(type)) return text;
  const bytes = Uint8Array.from(text.split(":"), (byte) => Number.parseInt(byte, 16));
  if (bytes.length === 4) return formatIpv4(bytes, 0);
  return bytes.length === 16 ? formatIpv6(bytes, 0) : text;
}

function hex(bytes: Uint8Array | undefined): string | undefined {
  return bytes && Buffer.from(bytes).toString("hex");
}

const linkTypeNames = new Map<unknown, string>([
  ["tunnel", "ipip"],
  ["ipgre", "gre"],
  ["ip6gre", "gre6"],
  ["infiniband", "infiniband"],
]);

/** Puts a decoded link into the words of `ip`; the kernel sends statistics whether they are wanted or not. */
export function readLink(link: RtnlLink, names: ReadonlyMap<number, LinkName>, stats: boolean): Link {
  const info = link.linkinfo;
  const elsewhere = link.linkNetnsid !== undefined;
  const words: LinkFields & { kind?: unknown; data?: unknown; slaveKind?: unknown; slaveData?: unknown } = {
    ifindex: link.ifiIndex,
    ifname: link.ifname ?? `if${link.ifiIndex}`,
    link:
      link.link === undefined || elsewhere ? undefined : link.link === 0 ? null : nameOf(names, link.link),
    linkIndex: elsewhere ? link.link : undefined,
    linkNetnsid: link.linkNetnsid,
    flags: linkFlags(link, names),
    mtu: link.mtu,
    qdisc: link.qdisc,
    master: link.master === undefined || link.master === 0 ? undefined : nameOf(names, link.master),
    operstate: upper(link.operstate),
    linkmode: upper(link.linkmode),
    group: link.group === undefined ? undefined : groupName(link.group),
    txqlen: link.txqlen,
    linkType:
      linkTypeNames.get(link.ifiType) ??
      (typeof link.ifiType === "number" ? `[${link.ifiType}]` : link.ifiType),
    address: linkAddress(link.address, link.ifiType),
    broadcast: linkAddress(link.broadcast, link.ifiType),
    permaddr: link.permAddress === link.address ? undefined : link.permAddress,
    promiscuity: link.promiscuity,
    allmulti: link.allmulti,
    minMtu: link.minMtu,
    maxMtu: link.maxMtu,
    kind: info?.kind,
    data: dataInWords(info?.kind, info?.data, elsewhere ? new Map() : names),
    slaveKind: info?.slaveKind,
    slaveData: slaveDataInWords(info?.slaveKind, info?.slaveData),
    inet6AddrGenMode: addrGenMode(link),
    numTxQueues: link.numTxQueues,
    numRxQueues: link.numRxQueues,
    gsoMaxSize: link.gsoMaxSize,
    gsoMaxSegs: link.gsoMaxSegs,
    tsoMaxSize: link.tsoMaxSize,
    tsoMaxSegs: link.tsoMaxSegs,
    groMaxSize: link.groMaxSize,
    gsoIpv4MaxSize: link.gsoIpv4MaxSize,
    groIpv4MaxSize: link.groIpv4MaxSize,
    ifalias: link.ifalias,
    altnames: link.propList?.altIfname,
    parentbus: link.parentDevBusName,
    parentdev: link.parentDevName,
    protoDown: link.protoDown ? true : undefined,
    protoDownReason: readReasons(link.protoDownReason?.value ?? 0),
    physPortName: link.physPortName,
    physPortId: hex(link.physPortId),
    physSwitchId: hex(link.physSwitchId),
    numVf: link.numVf,
    vfinfoList: link.vfinfoList?.info?.map(readVf),
    xdp: readXdp(link.xdp),
    stats64: stats && link.stats64 ? byDirection<LinkCounters>(link.stats64) : undefined,
  };
  return withoutUndefined(words) as Link;
}

function readReasons(value: number): string[] | undefined {
  const bits = Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (value & (1 << bit)) !== 0);
  return bits.length > 0 ? bits.map(protoDownReasonName) : undefined;
}

function addrGenMode(link: RtnlLink): string | undefined {
  const spec = link.afSpec;
  const mode = spec && "inet6" in spec ? spec.inet6?.addrGenMode : undefined;
  return mode === undefined ? undefined : String(mode).replaceAll("-", "_");
}
