import { InputError } from "../../netlink/errors.ts";
import type { Addr as RtnlAddr } from "../../rtnl/addr/index.ts";
import { scopeNumber, wordOrNumber } from "../names.ts";
import { addressBits, type Prefix, parseAddress, parsePrefix, withHostBits } from "../prefix.ts";
import type { Words } from "../words.ts";
import { inet6Flags, type SettableFlags, settableFlags } from "./flags.ts";

/** Which address: with `local` alone its prefix length is part of the text, or that of the whole address. */
export interface AddrKey {
  /** The address, with or without a prefix length: `10.0.0.1/24`. */
  local: string;
  /** Bits. */
  prefixlen?: number;
  /** The other end's address; a prefix length goes here then. */
  peer?: string;
  /** IPv4: the link's name, or that with a colon and more behind it; up to 15 bytes. */
  label?: string;
}

export interface AddrSettings extends AddrKey, SettableFlags {
  /** IPv4; `+` is the prefix with all host bits set, `-` with all of them clear. Not sent unless given. */
  broadcast?: string;
  /** `global`, `site`, `link`, `host` or a number; default `host` in 127.0.0.0/8, else `global`. */
  scope?: string | number;
  /** Seconds, 1 or more; default `forever`. */
  validLifeTime?: number | "forever";
  /** Seconds, at most the valid lifetime, which is the default. */
  preferredLifeTime?: number | "forever";
  /** Of the route to the prefix. */
  metric?: number;
  /** Who set it, 0 to 255. */
  protocol?: string | number;
}

/** What ip-address(8) calls it beside `addr-attrs`. */
export const addrPaths = {
  dev: "ifaIndex",
  prefixlen: "ifaPrefixlen",
  peer: "address",
  scope: "ifaScope",
  metric: "rtPriority",
  protocol: "proto",
  validLifeTime: "cacheinfo.ifaValid",
  preferredLifeTime: "cacheinfo.ifaPrefered",
} as const satisfies Words;

/** The address and its other end, which has the prefix length where there is one. */
function ends(key: AddrKey): { local: Prefix; far: Prefix; length: number; hasLength: boolean } {
  const local = parsePrefix(key.local, "local");
  const far = key.peer === undefined ? local : parsePrefix(key.peer, "peer");
  if (far.family !== local.family) {
    throw new InputError("peer", `an address of the same family as ${local.address}`, key.peer);
  }
  if (far !== local && local.hasLength) {
    throw new InputError("local", "an address alone: the prefix length goes with the peer", key.local);
  }
  if (key.prefixlen === undefined) return { local, far, length: far.length, hasLength: far.hasLength };
  const bits = addressBits[local.family];
  if (far.hasLength || !Number.isInteger(key.prefixlen) || key.prefixlen < 0 || key.prefixlen > bits) {
    const expected = far.hasLength ? "no other prefix length than that in the address" : `0 to ${bits}`;
    throw new InputError("prefixlen", expected, key.prefixlen);
  }
  return { local, far, length: key.prefixlen, hasLength: true };
}

/** The attributes that say which address to delete. Without a prefix length an IPv4 address goes whatever its own is. */
export function writeKey(key: AddrKey, index: number): Partial<RtnlAddr> {
  const { local: _local, prefixlen: _prefixlen, peer, label, ...others } = key;
  const { local, far, length, hasLength } = ends(key);
  const any = local.family === "inet" && !hasLength && peer === undefined;
  return {
    ifaFamily: local.family,
    ifaPrefixlen: length,
    ifaIndex: index,
    local: local.address,
    address: any ? undefined : far.address,
    label,
    // Fields of other names are refused when they are encoded.
    ...others,
  };
}

/** The attributes of an address to set. */
export function writeAddr(given: AddrSettings, index: number): Partial<RtnlAddr> {
  const { local: _local, prefixlen: _prefixlen, peer: _peer, label, ...settings } = given;
  const { broadcast, scope, validLifeTime, preferredLifeTime, metric, protocol, ...others } = settings;
  const { nodad, optimistic, home, mngtmpaddr, noprefixroute, autojoin, ...unknown } = others;
  const { local, far, length } = ends(given);
  if (label !== undefined && local.family === "inet6") {
    throw new InputError("label", "none with an IPv6 address", label);
  }
  return {
    ifaFamily: local.family,
    ifaPrefixlen: length,
    ifaIndex: index,
    ifaScope: scope === undefined ? defaultScope(local) : scopeNumber(scope, "scope"),
    local: local.address,
    address: far.address,
    label,
    broadcast: broadcast === undefined ? undefined : broadcastOf(broadcast, { ...far, length }),
    rtPriority: metric,
    proto: protocol === undefined ? undefined : protocolOf(protocol),
    cacheinfo: lifetimes(validLifeTime, preferredLifeTime),
    flags: flagsOf(local, { nodad, optimistic, home, mngtmpaddr, noprefixroute, autojoin }),
    ...unknown,
  };
}

function defaultScope(local: Prefix): RtnlAddr["ifaScope"] {
  return local.family === "inet" && local.bytes[0] === 127 ? "host" : "universe";
}

export function protocolOf(protocol: string | number): RtnlAddr["proto"] {
  return wordOrNumber(typeof protocol === "string" ? protocol.replaceAll("_", "-") : protocol);
}

function broadcastOf(broadcast: string, prefix: Prefix): string | undefined {
  if (prefix.family === "inet6") throw new InputError("broadcast", "none with an IPv6 address", broadcast);
  if (broadcast !== "+" && broadcast !== "-") {
    parseAddress(broadcast, "broadcast");
    return broadcast;
  }
  // Of two addresses or one none is left for it (RFC 3021).
  return prefix.length > 30 ? undefined : withHostBits(prefix, broadcast === "+" ? 1 : 0);
}

const FOREVER = 0xffffffff;

function lifetimes(
  valid: AddrSettings["validLifeTime"],
  preferred: AddrSettings["preferredLifeTime"],
): RtnlAddr["cacheinfo"] {
  if (valid === undefined && preferred === undefined) return undefined;
  const ifaValid = seconds(valid ?? "forever", "validLifeTime", 1);
  const ifaPrefered = preferred === undefined ? ifaValid : seconds(preferred, "preferredLifeTime", 0);
  if (ifaPrefered > ifaValid) {
    throw new InputError("preferredLifeTime", `at most the valid lifetime, ${valid}`, preferred);
  }
  return { ifaValid, ifaPrefered, cstamp: 0, tstamp: 0 };
}

function seconds(value: number | "forever", field: string, least: number): number {
  if (value === "forever") return FOREVER;
  if (Number.isInteger(value) && value >= least && value <= FOREVER) return value;
  throw new InputError(field, `${least} to ${FOREVER} seconds, or "forever"`, value);
}

function flagsOf(local: Prefix, given: SettableFlags): RtnlAddr["flags"] {
  const flags: (typeof settableFlags)[keyof SettableFlags][] = [];
  for (const [word, value] of Object.entries(given) as [keyof SettableFlags, unknown][]) {
    if (value === undefined) continue;
    if (typeof value !== "boolean") throw new InputError(word, "true or false", value);
    if (local.family === "inet" && inet6Flags.has(word)) {
      throw new InputError(word, "it only with an IPv6 address", value);
    }
    if (value) flags.push(settableFlags[word]);
  }
  return flags.length > 0 ? flags : undefined;
}
