import { InputError } from "../../netlink/errors.ts";
import type { MdbeAttrs, MdbSet } from "../../rtnl/mdb/index.ts";
import type { RtProtocol } from "../../rtnl/route/index.ts";
import type { Dev } from "../session.ts";
import type { Words } from "../words.ts";

/** Paths in a request beside what the caller gave. */
export const mdbPaths = {
  dev: "ifindex",
  port: "entry.ifindex",
  grp: "entry.addr",
  vid: "entry.vid",
  state: "entry.state",
  src: "attrs.source",
  filterMode: "attrs.groupMode",
  sourceList: "attrs.srcList",
  protocol: "attrs.rtprot",
  dst: "attrs.dst",
  dstPort: "attrs.dstPort",
  vni: "attrs.vni",
  srcVni: "attrs.srcVni",
  via: "attrs.ifindex",
} as const satisfies Words;

/** Which entry. */
export interface MdbKey {
  /** The port; the bridge itself for what the host listens to. Default `dev`, as of a VXLAN. */
  port?: Dev;
  /** IPv4, IPv6 or MAC address. */
  grp: string;
  /** The source, of a group for one source. */
  src?: string;
  /** VLAN, 1 to 4094. */
  vid?: number;
  /** Of a VXLAN: IP address of the far end. */
  dst?: string;
  /** Its UDP port, 1 to 65535; default the VXLAN's own. */
  dstPort?: number;
  /** VXLAN network identifier to send with; default the VXLAN's own. */
  vni?: number;
  /** Of an `external` VXLAN: the network identifier that the entry is for. */
  srcVni?: number;
  /** Link to send over. */
  via?: Dev;
}

/** An entry to be made. */
export interface MdbAdd extends MdbKey {
  /** `temp` (default): it goes when no member reports; `permanent`: it stays. */
  state?: "permanent" | "temp";
  /** Whether `sourceList` is those that are wanted, or those that are not; default `exclude`. */
  filterMode?: "include" | "exclude";
  sourceList?: string[];
  /** Who made it; default `static`. */
  protocol?: RtProtocol;
}

/** Which entries to delete; without anything all. */
export interface MdbFlush extends Omit<MdbKey, "grp" | "src"> {
  state?: "permanent" | "temp";
  protocol?: RtProtocol;
}

interface Indexes {
  readonly port: number | undefined;
  readonly via: number | undefined;
}

const states = { permanent: "permanent", temp: "temporary" } as const;

/** An entry, or with `grp` undefined a filter, in the kernel's words. */
export function writeMdb(
  given: Partial<MdbAdd>,
  { port: ifindex, via }: Indexes,
): Pick<MdbSet, "family" | "entry" | "attrs"> {
  const { port: _port, via: _via, grp, vid, state, src, filterMode, sourceList, protocol, ...same } = given;
  check("vid", vid, 1, 4094);
  check("dstPort", given.dstPort, 1, 65535);
  check("vni", given.vni, 0, 0xffffff);
  check("srcVni", given.srcVni, 0, 0xffffff);
  if (state !== undefined && !Object.hasOwn(states, state))
    throw new InputError("state", "permanent or temp", state);
  if (sourceList !== undefined && !Array.isArray(sourceList))
    throw new InputError("sourceList", "an array of IP addresses", sourceList);
  const attrs: MdbeAttrs = {
    ...same,
    source: src,
    groupMode: filterMode,
    srcList: sourceList === undefined ? undefined : { entry: sourceList.map((address) => ({ address })) },
    rtprot: protocol,
    ifindex: via,
  };
  const entry = { ifindex, vid, addr: grp, state: state && states[state] };
  return {
    family: "bridge",
    // Of a bulk deletion too: zeros stand for any.
    entry: entry as MdbSet["entry"],
    attrs: Object.values(attrs).some((field) => field !== undefined) ? attrs : undefined,
  };
}

function check(field: string, value: unknown, low: number, high: number): void {
  if (value === undefined) return;
  if (typeof value === "number" && Number.isInteger(value) && value >= low && value <= high) return;
  throw new InputError(field, `an integer ${low} to ${high}`, value);
}
