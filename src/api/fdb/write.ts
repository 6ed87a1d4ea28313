import { parseMac } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { Neigh as RtnlNeigh } from "../../rtnl/neigh/index.ts";
import { flagsFrom } from "../flag-words.ts";
import type { Dev } from "../session.ts";
import { entryFlags, placeFlags } from "./words.ts";

/** In whose forwarding database: by default the device's own. */
export interface FdbPlace {
  /** The device's own: a VXLAN's, a bridge's, or the addresses that a network card lets through. Default true. */
  self?: boolean;
  /** That of the bridge that the device is a port of; `self` is then false by default. */
  master?: boolean;
}

/** Where a VXLAN sends to. */
export interface FdbDestination {
  /** IP address of the far end. */
  dst?: string;
  /** Its UDP port, 1 to 65535; default the VXLAN's own. */
  port?: number;
  /** VXLAN network identifier to send with, 0 to 16777215; default the VXLAN's own. */
  vni?: number;
  /** Link to send over. */
  via?: Dev;
  /** Of an `external` VXLAN: the network identifier that the entry is for, 0 to 16777215. */
  srcVni?: number;
  /** Id of a nexthop group with the far ends, in place of `dst`, `port`, `vni` and `via`. */
  nhid?: number;
}

/** Which entry; a VXLAN's with a destination is that destination alone. */
export interface FdbKey extends FdbPlace, FdbDestination {
  /** MAC address; 00:00:00:00:00:00 of a VXLAN stands for all that have no entry. */
  mac: string;
  /** VLAN, 1 to 4094. Without, a bridge takes every VLAN of the port. */
  vlan?: number;
}

/** An entry to be made. */
export interface FdbAdd extends FdbKey {
  /**
   * `permanent` (default): it stays, and a bridge takes frames to it for its own; `static`: it stays; `dynamic`: it
   * ages.
   */
  state?: "permanent" | "static" | "dynamic";
  /** Count it as used now. */
  use?: boolean;
  /** The far end is a router. */
  router?: boolean;
  /** A control plane made it: it does not age. */
  externLearn?: boolean;
  /** It does not move to another port. */
  sticky?: boolean;
}

const states = {
  permanent: ["permanent"],
  static: ["noarp", "reachable"],
  dynamic: ["reachable"],
} as const satisfies Record<string, RtnlNeigh["ndmState"]>;

const vni = 0xffffff;

/** What tells one entry from another, in the kernel's words. */
export function writeKey(given: FdbKey, via: number | undefined): Partial<RtnlNeigh> {
  const { mac, self, master, via: _via, nhid, ...same } = given;
  if (typeof mac !== "string" || parseMac(mac)?.length !== 6) {
    throw new InputError("mac", "a MAC address such as 02:00:5e:10:00:01", mac);
  }
  checkNumbers(given);
  return {
    // What is left has the kernel's names: an unknown field is refused with its name when it is encoded.
    ...same,
    ndmFamily: "bridge",
    ndmFlags: place({ self, master }),
    lladdr: mac,
    ifindex: via,
    nhId: nhid,
  };
}

/** An entry in the kernel's words. */
export function writeEntry(given: FdbAdd, via: number | undefined): Partial<RtnlNeigh> {
  const { state = "permanent", use, router, externLearn, sticky, ...key } = given;
  if (!Object.hasOwn(states, state)) throw new InputError("state", "permanent, static or dynamic", state);
  const written = writeKey(key, via);
  return {
    ...written,
    ndmState: states[state],
    ndmFlags: [...written.ndmFlags!, ...flagsFrom({ use, router, externLearn, sticky }, entryFlags)],
  };
}

/** NTF_SELF where neither was asked for. */
export function place(given: FdbPlace): ("self" | "master")[] {
  const flags = flagsFrom({ self: given.self, master: given.master }, placeFlags);
  if (flags.length > 0) return flags;
  if (given.self === false) throw new InputError("self", "true, where master is not", false);
  return ["self"];
}

/** Refuses what does not fit the protocols; the kernel would cut some of it. */
export function checkNumbers(given: Partial<FdbKey>): void {
  check("vlan", given.vlan, 1, 4094);
  check("port", given.port, 1, 65535);
  check("vni", given.vni, 0, vni);
  check("srcVni", given.srcVni, 0, vni);
  check("nhid", given.nhid, 1, 0xffffffff);
}

function check(field: string, value: unknown, low: number, high: number): void {
  if (value === undefined) return;
  if (typeof value === "number" && Number.isInteger(value) && value >= low && value <= high) return;
  throw new InputError(field, `an integer ${low} to ${high}`, value);
}
