import { pad } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";
import { mdbAddress } from "./address.ts";

const header = struct("br_port_msg", {
  family: addressFamily,
  pad: pad(3),
  /** Index of the bridge or VXLAN. */
  ifindex: u32,
});

/** struct br_port_msg (linux/if_bridge.h), 8 bytes. */
export interface BrPortMsg extends Infer<typeof header> {}
export const brPortMsg: StructShape<BrPortMsg> = header;

export const mdbState = enumeration(u8, "MDB_", { temporary: 0, permanent: 1 });

/** linux/in.h: whether the sources are those that are wanted, or those that are not. */
export const groupMode = enumeration(u8, "MCAST_", { exclude: 0, include: 1 });

const entry = struct("br_mdb_entry", {
  /** Index of the port; the bridge's own where it listens itself. */
  ifindex: u32,
  state: mdbState,
  flags: flags(u8, "MDB_FLAGS_", {
    offload: 1,
    "fast-leave": 2,
    "star-excl": 4,
    blocked: 8,
    "offload-failed": 16,
  }),
  /** VLAN; 0 without. */
  vid: u16,
  /** The group: IPv4, IPv6 or MAC address. */
  addr: mdbAddress,
  pad: pad(2),
});

/** struct br_mdb_entry (linux/if_bridge.h), 28 bytes. */
export interface BrMdbEntry extends Infer<typeof entry> {}
export const brMdbEntry: StructShape<BrMdbEntry> = entry;
