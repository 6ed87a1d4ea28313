import { InputError } from "../../netlink/errors.ts";
import type { Link as RtnlLink } from "../../rtnl/link/index.ts";
import { groupNumber, protoDownReasonNumber } from "../names.ts";
import type { NetnsTarget } from "../netns/open.ts";
import type { Dev } from "../session.ts";
import { dataFromWords, type KindData, type SlaveData, slaveDataFromWords } from "./kinds.ts";
import { type VfInfo, type VfSettings, writeVf } from "./vf.ts";
import { writeXdp, type XdpSettings } from "./xdp.ts";

/** A namespace as one is given in `netns`: a handle, or what opens one. */
export type NetnsLike = NetnsTarget | { readonly fd: number };

/** What can be said of a link when it is made, and mostly later too; `ip link` has the same words. */
export interface LinkSettings {
  /** Name, 1 to 15 bytes. With `set` the new one. */
  ifname?: string;
  /** Whether it is up. */
  up?: boolean;
  /** Bytes. */
  mtu?: number;
  /** Hardware address. */
  address?: string;
  broadcast?: string;
  /** The bridge, bond, VRF … to be a member of; `null` takes it out (`nomaster`). */
  master?: Dev | null;
  /** The namespace to be in. */
  netns?: NetnsLike;
  /** Free text, up to 255 bytes; empty removes it. */
  ifalias?: string;
  /** Packets. */
  txqlen?: number;
  /** Device group, a number or `default`. */
  group?: string | number;
  /** Receive all packets. */
  promisc?: boolean;
  /** Receive all multicast packets. */
  allmulticast?: boolean;
  /** Resolve addresses (ARP, NDP). */
  arp?: boolean;
  multicast?: boolean;
  /** Address changes with the link. */
  dynamic?: boolean;
  /** How IPv6 makes link-local addresses: `eui64`, `none`, `stable_secret`, `random`. */
  inet6AddrGenMode?: string;
  /** `DEFAULT`, or `DORMANT`: the link waits for a program before it is up (RFC 2863). */
  linkmode?: string;
  /** What a program says of a link that is dormant: `UP`, `DORMANT` … */
  operstate?: string;
  /** Kept from being up by a protocol. */
  protoDown?: boolean;
  /** Reasons for that, by number or name, which are added and taken away (/etc/iproute2/protodown_reasons.d). */
  protoDownReason?: Readonly<Record<string | number, boolean>>;
  trailers?: boolean;
  carrier?: boolean;
  gsoMaxSize?: number;
  gsoMaxSegs?: number;
  groMaxSize?: number;
  gsoIpv4MaxSize?: number;
  groIpv4MaxSize?: number;
  /** Virtual functions to change, of a device that has some (SR-IOV). */
  vfinfoList?: VfSettings[];
  /** A program that packets coming in are shown to. */
  xdp?: XdpSettings;
}

/** What only the making of a link takes. */
export interface LinkCreation extends LinkSettings {
  /** The lower link; with `linkNetnsid` its index there. */
  link?: Dev;
  /** The id here of the namespace that the lower link is in. */
  linkNetnsid?: number;
  /** Index to give it. */
  ifindex?: number;
  numTxQueues?: number;
  numRxQueues?: number;
  /** The other end of a pair, a link of its own. */
  peer?: LinkSettings;
}

export type LinkAdd = LinkCreation & KindData & SlaveData;
export type LinkSet = LinkSettings & KindData & SlaveData;

/** What was looked up before: indexes, descriptors, what stays as it is. */
export interface Resolved {
  readonly master?: number | undefined;
  readonly link?: number | undefined;
  readonly netns?: number | undefined;
  /** The links that the kind's data names. */
  readonly dataLinks?: Readonly<Record<string, number>> | undefined;
  readonly peer?: Resolved | undefined;
  /** The virtual functions, where only part of a setting is given. */
  readonly vfs?: readonly VfInfo[] | undefined;
}

/** The attributes of a request in the kernel's words. */
export function writeLink(given: LinkAdd, resolved: Resolved): Partial<RtnlLink> {
  const {
    up,
    promisc,
    allmulticast,
    arp,
    multicast,
    dynamic,
    trailers,
    master,
    netns: _netns,
    link: _link,
    group,
    inet6AddrGenMode,
    ifindex,
    linkmode,
    operstate,
    protoDownReason,
    vfinfoList,
    xdp,
    kind,
    data,
    slaveKind,
    slaveData,
    peer,
    ...same
  } = given;
  return {
    ...headerFlags({ up, promisc, allmulticast, arp, multicast, dynamic, trailers }),
    // What is left has the kernel's names: an unknown field is refused with its name when it is encoded.
    ...same,
    ifiIndex: ifindex,
    link: resolved.link,
    master: master === null ? 0 : resolved.master,
    netNsFd: resolved.netns,
    group: group === undefined ? undefined : groupNumber(group, "group"),
    linkmode: linkmode?.toLowerCase() as RtnlLink["linkmode"],
    operstate: operstate?.toLowerCase() as RtnlLink["operstate"],
    protoDownReason: protoDownReason && writeReasons(protoDownReason),
    vfinfoList: vfinfoList && writeVfs(vfinfoList, resolved.vfs ?? []),
    xdp: xdp && writeXdp(xdp),
    afSpec:
      inet6AddrGenMode === undefined
        ? undefined
        : { inet6: { addrGenMode: inet6AddrGenMode.replaceAll("_", "-") as "eui64" } },
    linkinfo: linkinfo({ kind, data, slaveKind, slaveData, peer } as LinkAdd, resolved),
  };
}

function writeReasons(given: NonNullable<LinkSettings["protoDownReason"]>): RtnlLink["protoDownReason"] {
  let [mask, value] = [0, 0];
  for (const [reason, isOn] of Object.entries(given)) {
    const field = `protoDownReason.${reason}`;
    if (typeof isOn !== "boolean") throw new InputError(field, "a boolean", isOn);
    const bit = 1 << protoDownReasonNumber(reason, field);
    mask |= bit;
    if (isOn) value |= bit;
  }
  return { mask: mask >>> 0, value: value >>> 0 };
}

function writeVfs(given: readonly VfSettings[], before: readonly VfInfo[]): RtnlLink["vfinfoList"] {
  if (!Array.isArray(given)) throw new InputError("vfinfoList", "an array of virtual functions", given);
  return { info: given.map((vf, index) => writeVf(vf, `vfinfoList[${index}]`, before)) };
}

function linkinfo(given: LinkAdd, resolved: Resolved): RtnlLink["linkinfo"] {
  const { kind, data, slaveKind, slaveData, peer } = given;
  if (kind === undefined && (data !== undefined || peer !== undefined)) {
    throw new InputError("kind", "the kind that the data belongs to", kind);
  }
  if (slaveKind === undefined && slaveData !== undefined) {
    throw new InputError("slaveKind", "the kind of master that the data belongs to", slaveKind);
  }
  if (kind === undefined && slaveKind === undefined) return undefined;
  const far = peer && { peer: writeLink(peer, resolved.peer ?? {}) };
  const own = data instanceof Uint8Array ? data : { ...data, ...resolved.dataLinks, ...far };
  return {
    kind,
    data: data === undefined && peer === undefined ? undefined : dataFromWords(kind, own),
    slaveKind,
    slaveData: slaveDataFromWords(slaveKind, slaveData),
  } as RtnlLink["linkinfo"];
}

type HeaderFlag = Exclude<RtnlLink["ifiFlags"][number], number>;

function headerFlags(given: LinkSettings): Partial<RtnlLink> {
  const wanted: [HeaderFlag, boolean | undefined][] = [
    ["up", given.up],
    ["promisc", given.promisc],
    ["all-multi", given.allmulticast],
    ["no-arp", given.arp === undefined ? undefined : !given.arp],
    ["multicast", given.multicast],
    ["dynamic", given.dynamic],
    ["no-trailers", given.trailers === undefined ? undefined : !given.trailers],
  ];
  const ifiChange = wanted.filter(([, value]) => value !== undefined).map(([flag]) => flag);
  if (ifiChange.length === 0) return {};
  return { ifiFlags: wanted.filter(([, value]) => value === true).map(([flag]) => flag), ifiChange };
}
