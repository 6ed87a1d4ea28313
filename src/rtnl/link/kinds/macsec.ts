import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16, be64, u8, u32, u64 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-macsec-attrs", () => ({
  /** Secure channel identifier: a MAC address and a port; network byte order on the wire. */
  sci: attr("IFLA_MACSEC_SCI", 1, be64),
  /** The port of a channel identifier made of the link's own address; network byte order on the wire. Only sent. */
  port: attr("IFLA_MACSEC_PORT", 2, be16),
  /** Length of the integrity check value, 8 to 16. */
  icvLen: attr("IFLA_MACSEC_ICV_LEN", 3, withUnit(u8, "bytes")),
  /** MACSEC_CIPHER_ID_* (linux/if_macsec.h), an EUI-64 of IEEE 802.1AE. */
  cipherSuite: attr("IFLA_MACSEC_CIPHER_SUITE", 4, u64),
  /** Packets that may come out of order, with `replayProtect`. */
  window: attr("IFLA_MACSEC_WINDOW", 5, u32),
  /** Number of the secure association that encrypts, 0 to 3. */
  encodingSa: attr("IFLA_MACSEC_ENCODING_SA", 6, u8),
  encrypt: attr("IFLA_MACSEC_ENCRYPT", 7, bool8),
  protect: attr("IFLA_MACSEC_PROTECT", 8, bool8),
  /** Whether frames carry the channel identifier. */
  incSci: attr("IFLA_MACSEC_INC_SCI", 9, bool8),
  /** End station bit. */
  es: attr("IFLA_MACSEC_ES", 10, bool8),
  /** Single copy broadcast bit. */
  scb: attr("IFLA_MACSEC_SCB", 11, bool8),
  replayProtect: attr("IFLA_MACSEC_REPLAY_PROTECT", 12, bool8),
  validation: attr(
    "IFLA_MACSEC_VALIDATION",
    13,
    enumeration(u8, "MACSEC_VALIDATE_", { disabled: 0, check: 1, strict: 2 }),
  ),
  pad: attr("IFLA_MACSEC_PAD", 14, bytes),
  offload: attr("IFLA_MACSEC_OFFLOAD", 15, enumeration(u8, "MACSEC_OFFLOAD_", { off: 0, phy: 1, mac: 2 })),
}));

/** Options of a MACsec link (linux/if_link.h IFLA_MACSEC_*, IEEE 802.1AE, ip-macsec(8)). The lower link is its `link`. */
export interface MacsecAttrs extends Infer<typeof set> {}
export const macsec: AttributeSet<MacsecAttrs> = set;
