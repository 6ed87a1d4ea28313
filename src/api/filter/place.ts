/** Where filters and chains are: below a queueing discipline of a link, or in a block that several share. */

import { hostByteOrder } from "../../netlink/codec/byte-order.ts";
import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import type { Dev, LinkName, Session } from "../session.ts";
import { nameOf } from "../session.ts";
import { filterParent, filterParentText } from "../tc/handle.ts";
import { type EtherType, protocolName, protocolNumber } from "../tc/protocol.ts";

/** A link, or the number of a block, which needs no parent: `{ block: 22 }`. */
export type FilterPlace = Dev | { block: number };

/** TCM_IFINDEX_MAGIC_BLOCK (linux/rtnetlink.h). */
const BLOCK = -1;

interface Header {
  readonly tcmIfindex: number;
  readonly tcmParent: number;
}

export async function writePlace(
  session: Session,
  place: FilterPlace,
  parent: string | undefined,
  options: RequestOptions | undefined,
): Promise<Header> {
  if (typeof place === "object" && place !== null) {
    const { block } = place;
    if (!Number.isInteger(block) || block < 1) throw new InputError("block", "the number of a block", block);
    if (parent !== undefined)
      throw new InputError("parent", "none: filters of a block have no parent", parent);
    return { tcmIfindex: BLOCK, tcmParent: block };
  }
  if (parent === undefined)
    throw new InputError("parent", `ingress, egress, root, or a handle such as "1:"`, parent);
  const tcmParent = filterParent(parent, "parent");
  return { tcmIfindex: await session.indexOf(place, "dev", options), tcmParent };
}

/** Where something is, as it is read. */
export interface ReadPlace {
  /** Name of the link. */
  dev?: string;
  /** `ingress`, `egress`, or a handle. */
  parent?: string;
  /** The block, in place of both. */
  block?: number;
}

export function readPlace(
  { tcmIfindex, tcmParent }: Header,
  names: ReadonlyMap<number, LinkName>,
): ReadPlace {
  if (tcmIfindex === BLOCK) return { block: tcmParent };
  return { dev: nameOf(names, tcmIfindex), parent: filterParentText(tcmParent) };
}

/** For messages: what the caller gave. */
export function placeGiven(place: FilterPlace): object {
  return typeof place === "object" ? place : { dev: place };
}

/** Swaps the bytes where the host is little endian. */
function htons(value: number): number {
  return hostByteOrder === "little" ? ((value & 0xff) << 8) | (value >>> 8) : value;
}

/** Preference and EtherType in one number. */
export function writeInfo(pref: number, protocol: EtherType | undefined): number {
  if (!Number.isInteger(pref) || pref < 0 || pref > 0xffff)
    throw new InputError("pref", "an integer 0 to 65535", pref);
  return ((pref << 16) | (protocol === undefined ? 0 : htons(protocolNumber(protocol, "protocol")))) >>> 0;
}

export function readInfo(tcmInfo: number): { protocol: EtherType; pref: number } {
  return { protocol: protocolName(htons(tcmInfo & 0xffff)), pref: tcmInfo >>> 16 };
}
