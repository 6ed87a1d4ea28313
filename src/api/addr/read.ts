import type { Addr as RtnlAddr } from "../../rtnl/addr/index.ts";
import { scopeName } from "../names.ts";
import type { IpFamily } from "../prefix.ts";
import { type LinkName, nameOf } from "../session.ts";
import { type AddrFlags, addrFlags } from "./flags.ts";

/** An address as an entry of `addr_info` in `ip -j -d addr show`, in camelCase, with the link it is on. */
export interface Addr extends AddrFlags {
  ifindex: number;
  /** Name of the link. */
  dev: string;
  family: IpFamily;
  local: string;
  /** The other end's address, where it is not the same; `peer` when it is set. */
  address?: string;
  prefixlen: number;
  /** Of the route to the prefix. */
  metric?: number;
  broadcast?: string;
  anycast?: string;
  /** `global`, `site`, `link`, `host`, or a number. */
  scope: string;
  /** IPv4: name of the address. */
  label?: string;
  /** Who set it: `kernel_lo`, `kernel_ra`, `kernel_ll`, or a number. */
  protocol?: string;
  /** Seconds; 4294967295 is for ever. */
  validLifeTime?: number;
  /** Seconds; 4294967295 is for ever. */
  preferredLifeTime?: number;
}

export function readAddr(addr: RtnlAddr, names: ReadonlyMap<number, LinkName>): Addr {
  const local = addr.local ?? addr.address!;
  const words: Addr = {
    ifindex: addr.ifaIndex,
    dev: nameOf(names, addr.ifaIndex),
    family: addr.ifaFamily as IpFamily,
    local,
    prefixlen: addr.ifaPrefixlen,
    scope: scopeName(addr.ifaScope),
    ...addrFlags(addr),
  };
  if (addr.address !== undefined && addr.address !== local) words.address = addr.address;
  if (addr.rtPriority !== undefined) words.metric = addr.rtPriority;
  if (addr.broadcast !== undefined) words.broadcast = addr.broadcast;
  if (addr.anycast !== undefined) words.anycast = addr.anycast;
  if (addr.label !== undefined) words.label = addr.label;
  if (addr.proto !== undefined) words.protocol = String(addr.proto).replaceAll("-", "_");
  if (addr.cacheinfo !== undefined) {
    words.validLifeTime = addr.cacheinfo.ifaValid;
    words.preferredLifeTime = addr.cacheinfo.ifaPrefered;
  }
  return words;
}
