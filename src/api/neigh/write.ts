import { parseMac } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { Link } from "../../rtnl/link/index.ts";
import type { Neigh as RtnlNeigh } from "../../rtnl/neigh/index.ts";
import { refuseOthers } from "../filter.ts";
import { flagsFrom } from "../flag-words.ts";
import { wordOrNumber } from "../names.ts";
import { parseAddress } from "../prefix.ts";
import { extFlags, givenFlags } from "./words.ts";

/** Which of a link's neighbours. */
export interface NeighKey {
  /** IP address of the neighbour. */
  dst: string;
  /** The entry by which this host answers for the address (proxy ARP, proxy NDP). */
  proxy?: boolean;
}

/** States of an entry (NUD_*), as `nud` of ip-neighbour(8) takes them. */
export const neighStates = [
  "none",
  "incomplete",
  "reachable",
  "stale",
  "delay",
  "probe",
  "failed",
  "noarp",
  "permanent",
] as const;

export type NeighState = (typeof neighStates)[number];

/** A neighbour to be made or changed. */
export interface NeighAdd extends NeighKey {
  /** Its hardware address. */
  lladdr?: string;
  /** Default `permanent`; with `use` or `managed`, which resolve the address, `none`. */
  state?: NeighState;
  /** It is an IPv6 router. */
  router?: boolean;
  /** Resolve the address now. */
  use?: boolean;
  /** The kernel is to keep it resolved. */
  managed?: boolean;
  /** A control plane made it: it is not collected, and goes when the carrier does. */
  externLearn?: boolean;
  /** A control plane vouches for it: it is probed, but not forgotten when that fails. */
  externValid?: boolean;
  /** Who made it: a routing protocol's name, or its number. */
  protocol?: string | number;
}

const unresolved = new Set<NeighState>(["none", "incomplete", "failed"]);

/** What tells one neighbour from another, in the kernel's words. */
export function neighKey(key: NeighKey): Partial<RtnlNeigh> {
  const { dst, proxy, ...others } = key;
  refuseOthers(others, ["dst", "proxy"]);
  const { family, address } = parseAddress(dst, "dst");
  return {
    ndmFamily: family,
    ndmFlags: flagsFrom({ proxy }, givenFlags),
    dst: address,
  };
}

/** The attributes of a request in the kernel's words. */
export function writeNeigh(given: NeighAdd): Partial<RtnlNeigh> {
  const { state, protocol, dst, use, router, proxy, externLearn, managed, externValid, ...same } = given;
  const ext = flagsFrom({ managed, externValid }, extFlags);
  const initial = use || managed ? "none" : "permanent";
  return {
    // What is left has the kernel's names: an unknown field is refused with its name when it is encoded.
    ...same,
    ...neighKey({ dst, proxy }),
    ndmState: stateBits(state ?? initial),
    ndmFlags: flagsFrom({ use, router, proxy, externLearn }, givenFlags),
    flagsExt: ext.length > 0 ? ext : undefined,
    protocol: protocol === undefined ? undefined : wordOrNumber<NonNullable<RtnlNeigh["protocol"]>>(protocol),
  };
}

function stateBits(state: NeighState): RtnlNeigh["ndmState"] {
  if (!neighStates.includes(state)) throw new InputError("state", `one of ${neighStates.join(", ")}`, state);
  return state === "none" ? [] : [state];
}

/**
 * Refuses what the kernel would take amiss: an address that is too long it cuts, and without one it leaves half an
 * entry behind.
 *
 * @param made - whether there is no entry yet.
 */
export function checkLladdr(given: NeighAdd, link: Link, made: boolean): void {
  const { lladdr, state = "permanent" } = given;
  const size = link.address === undefined ? 0 : parseMac(link.address)!.length;
  if (size === 0 || given.proxy) return;
  if (lladdr === undefined) {
    if (!made || given.use || given.managed || unresolved.has(state)) return;
    throw new InputError("lladdr", `the hardware address of the neighbour, which is to be ${state}`, lladdr);
  }
  const bytes = typeof lladdr === "string" ? parseMac(lladdr) : undefined;
  if (bytes?.length === size) return;
  throw new InputError("lladdr", `a hardware address of ${size} bytes, as the link has one`, lladdr);
}
