import { InputError } from "../../netlink/errors.ts";
import type { BrVlan, VlandbEntry } from "../../rtnl/brvlan/index.ts";
import { RTM_DELLINK, RTM_SETLINK } from "../../rtnl/constants.ts";
import { flagsFrom } from "../flag-words.ts";
import { fromWords } from "../words.ts";
import type { GlobalOptions } from "./read.ts";
import { checkRange, globalWords, type VlanRange } from "./words.ts";

/** VLANs that a bridge or its port is to have. */
export interface VlanAdd extends VlanRange {
  /** Frames without a tag are of it. */
  pvid?: boolean;
  /** It is sent without a tag. */
  untagged?: boolean;
  /** Of a port with `vlanTunnel`: VXLAN network identifier, of a range that of the first VLAN. */
  tunnelInfo?: { id: number };
}

/** Options of VLANs that are there. */
export interface VlanSet extends VlanRange {
  state?: "disabled" | "listening" | "learning" | "forwarding" | "blocking";
  mcastRouter?: number;
  mcastMaxGroups?: number;
  neighSuppress?: boolean;
}

export interface VlanGlobalSet extends VlanRange, GlobalOptions {}

export function writeAdd(given: VlanAdd): Pick<BrVlan, "family" | "entry"> {
  const { vid, vidEnd, pvid, untagged, tunnelInfo, ...others } = given;
  checkRange(given);
  if (pvid && vidEnd !== undefined) throw new InputError("pvid", "one VLAN, no range", pvid);
  const flags = flagsFrom({ pvid, untagged }, { pvid: "pvid", untagged: "untagged" } as const);
  const entry: VlandbEntry = { ...others, info: { flags, vid }, range: vidEnd };
  const tunnels = tunnelInfo === undefined ? [] : writeTunnels(given, tunnelInfo.id, RTM_SETLINK);
  return { family: "bridge", entry: [entry, ...tunnels] };
}

/** What is mapped of the range, one by one: the kernel would give all VLANs one identifier. */
function writeTunnels({ vid, vidEnd = vid }: VlanRange, id: number, cmd: number): VlandbEntry[] {
  if (!Number.isInteger(id) || id < 0 || id > 0xffffff)
    throw new InputError("tunnelInfo.id", "an integer 0 to 16777215", id);
  return Array.from({ length: vidEnd - vid + 1 }, (_, index) => ({
    info: { flags: ["only-opts"], vid: vid + index },
    tunnelInfo: { id: id + index, cmd },
  }));
}

/** Without `tunnelInfo` the VLANs, else their mapping alone. */
export function writeDelete(given: VlanRange): Pick<BrVlan, "family" | "entry"> {
  const { vid, vidEnd, ...others } = given;
  checkRange(given);
  return { family: "bridge", entry: [{ ...others, info: { flags: [], vid }, range: vidEnd }] };
}

export function writeUnmap(given: VlanAdd): Pick<BrVlan, "family" | "entry"> {
  checkRange(given);
  return { family: "bridge", entry: writeTunnels(given, given.tunnelInfo!.id, RTM_DELLINK) };
}

export function writeSet(given: VlanSet): Pick<BrVlan, "family" | "entry"> {
  const { vid, vidEnd, neighSuppress, ...same } = given;
  checkRange(given);
  const entry: VlandbEntry = {
    ...same,
    info: { flags: ["only-opts"], vid },
    range: vidEnd,
    neighSuppress: neighSuppress === undefined ? undefined : Number(neighSuppress),
  };
  return { family: "bridge", entry: [entry] };
}

export function writeGlobal(given: VlanGlobalSet): Pick<BrVlan, "family" | "globalOptions"> {
  const { vid, vidEnd, ...options } = given;
  checkRange(given);
  // Intervals are 64 bits wide.
  const wide = Object.entries(options).map(([word, value]) => [
    word,
    word.endsWith("Interval") && Number.isInteger(value) ? BigInt(value as number) : value,
  ]);
  const written = fromWords(Object.fromEntries(wide), globalWords);
  return { family: "bridge", globalOptions: [{ ...written, id: vid, range: vidEnd }] };
}
