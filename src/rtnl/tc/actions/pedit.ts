import { arrayOf, multi } from "../../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { struct } from "../../../netlink/codec/struct.ts";
import { structThen } from "../../../netlink/codec/struct-then.ts";
import { partialStruct } from "../partial-struct.ts";
import { generic, tcfT } from "./generic.ts";

const key = struct("tc-pedit-key", {
  /** Bits that stay as they are, as they stand in the packet. */
  mask: u32,
  /** Bits to set, as they stand in the packet. */
  val: u32,
  /** Where, bytes. */
  off: u32,
  /** Where an offset to add is found. */
  at: u32,
  offmask: u32,
  shift: u32,
});

const header = partialStruct("tc-pedit-sel", {
  ...generic,
  /** The number of `keys`, where it is not given. */
  nkeys: u8,
  flags: u8,
  pad: pad(2),
});
const sel = structThen(header, "keys", arrayOf(key), "nkeys");

const keyEx = attributes("tca-pedit-key-ex-attrs", () => ({
  htype: attr(
    "TCA_PEDIT_KEY_EX_HTYPE",
    1,
    enumeration(u16, "TCA_PEDIT_KEY_EX_HDR_TYPE_", { network: 0, eth: 1, ip4: 2, ip6: 3, tcp: 4, udp: 5 }),
  ),
  cmd: attr("TCA_PEDIT_KEY_EX_CMD", 2, enumeration(u16, "TCA_PEDIT_KEY_EX_CMD_", { set: 0, add: 1 })),
}));
const keysEx = attributes("tca-pedit-keys-ex-attrs", () => ({
  keyEx: attr("TCA_PEDIT_KEY_EX", 6, multi(keyEx)),
}));

const set = attributes("act-pedit-attrs", () => ({
  /** Ages. */
  tm: attr("TCA_PEDIT_TM", 1, tcfT),
  /** From a program without headers, as offsets from the network header. */
  parms: attr("TCA_PEDIT_PARMS", 2, sel),
  pad: attr("TCA_PEDIT_PAD", 3, bytes),
  parmsEx: attr("TCA_PEDIT_PARMS_EX", 4, sel),
  /** Header and operation of each of the keys. */
  keysEx: attr("TCA_PEDIT_KEYS_EX", 5, keysEx),
  /** Only inside of `keysEx`. */
  keyEx: attr("TCA_PEDIT_KEY_EX", 6, keyEx),
}));

/** Edits packets (tc-pedit(8)). */
export interface PeditAttrs extends Infer<typeof set> {}
export const pedit: AttributeSet<PeditAttrs> = set;
