import { ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16, be32, u8, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { struct } from "../../../netlink/codec/struct.ts";

const trace = struct("ioam6-trace-hdr", {
  namespaceId: be16,
  /** `nodelen` in the upper five bits, then the overflow bit. The kernel works the length out. */
  nodelen: u8,
  /** Room for data. */
  remlen: withUnit(u8, "4 bytes") as typeof u8,
  /** Bit 31 is bit 0 of the trace type; the lowest eight are not used. */
  type: be32,
});

const set = attributes("ioam6-iptunnel-attrs", () => ({
  mode: attr(
    "IOAM6_IPTUNNEL_MODE",
    1,
    enumeration(u8, "IOAM6_IPTUNNEL_MODE_", { inline: 1, encap: 2, auto: 3 }),
  ),
  /** Of the outer header. */
  dst: attr("IOAM6_IPTUNNEL_DST", 2, ipv6),
  trace: attr("IOAM6_IPTUNNEL_TRACE", 3, trace),
  /** The trace goes into `freqK` of every `freqN` packets. */
  freqK: attr("IOAM6_IPTUNNEL_FREQ_K", 4, u32),
  freqN: attr("IOAM6_IPTUNNEL_FREQ_N", 5, u32),
  /** Of the outer header. */
  src: attr("IOAM6_IPTUNNEL_SRC", 6, ipv6),
}));

/** A trace that nodes on the way fill in (linux/ioam6_iptunnel.h, RFC 9197). */
export interface Ioam6Encap extends Infer<typeof set> {}
export const ioam6Encap: AttributeSet<Ioam6Encap> = set;
