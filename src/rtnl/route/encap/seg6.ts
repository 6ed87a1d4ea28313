import { ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u32 } from "../../../netlink/codec/integer.ts";
import { isRecord } from "../../../netlink/codec/record.ts";
import type { Infer, Shape } from "../../../netlink/codec/shape.ts";
import { InputError } from "../../../netlink/errors.ts";
import { field, type Srh, srh } from "./srh.ts";

const mode = enumeration(u32, "SEG6_IPTUN_MODE_", {
  inline: 0,
  encap: 1,
  l2encap: 2,
  "encap-red": 3,
  "l2encap-red": [4, "SEG6_IPTUN_MODE_L2ENCAP_RED"],
});

/** struct seg6_iptunnel_encap: how the header gets around a packet, and the header. */
export interface Seg6Srh extends Srh {
  /** `inline` puts it into an IPv6 packet, the others put another IPv6 header in front. */
  mode: Infer<typeof mode>;
}

export const seg6Srh: Shape<Seg6Srh> = {
  type: "struct seg6_iptunnel_encap",
  accepts: (length) => srh.accepts(length - 4),
  decode: (input, at, length, scope) => ({
    mode: mode.decode(input, at, 4, scope),
    ...srh.decode(input, at + 4, length - 4, scope),
  }),
  encode(output, value, scope) {
    if (!isRecord(value)) throw new InputError("", "an object with mode and segments", value);
    const { mode: how, ...header } = value;
    field("mode", () => mode.encode(output, how, scope));
    srh.encode(output, header as Srh, scope);
  },
  text: ({ mode: how, segments }) => `${mode.text!(how)} ${segments.toReversed().join(",")}`,
};

const set = attributes("seg6-iptunnel-attrs", () => ({
  srh: attr("SEG6_IPTUNNEL_SRH", 1, seg6Srh),
  /** Source address of the outer header. */
  src: attr("SEG6_IPTUNNEL_SRC", 2, ipv6),
  /** Table in which the first segment is looked up. */
  table: attr("SEG6_IPTUNNEL_TABLE", 3, u32),
}));

/** A segment routing header put into packets, or around them (linux/seg6_iptunnel.h). */
export interface Seg6Encap extends Infer<typeof set> {}
export const seg6Encap: AttributeSet<Seg6Encap> = set;
