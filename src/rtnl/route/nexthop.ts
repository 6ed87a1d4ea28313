/** The next hop of a route: alone among the route's attributes, or one of several in RTA_MULTIPATH. */
import { ip } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { align4 } from "../../netlink/codec/byte-order.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import type { Input } from "../../netlink/codec/input.ts";
import { s32, u8, u32 } from "../../netlink/codec/integer.ts";
import { payloadOf } from "../../netlink/codec/lazy.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Explained, Infer, Shape } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { subMessage } from "../../netlink/codec/sub-message.ts";
import { atField, DecodeError, InputError } from "../../netlink/errors.ts";
import { encapFormats, encapType } from "./encap/index.ts";
import { labels } from "./labels.ts";
import { via } from "./via.ts";

/** Attributes that both have. */
export const nexthopFields = {
  gateway: attr("RTA_GATEWAY", 5, ip),
  /** Realms, the destination's in the low 16 bits. */
  flow: attr("RTA_FLOW", 11, u32),
  via: attr("RTA_VIA", 18, via),
  /** Labels that replace the one of an MPLS route. */
  newdst: attr("RTA_NEWDST", 19, labels),
  encapType: attr("RTA_ENCAP_TYPE", 21, encapType),
  encap: attr("RTA_ENCAP", 22, subMessage("encapType", encapFormats)),
  /** Whether the TTL goes from IP to MPLS and back. */
  ttlPropagate: attr("RTA_TTL_PROPAGATE", 26, u8),
};

const rtnhFlags = flags(u8, "RTNH_F_", {
  dead: 1,
  pervasive: 2,
  onlink: 4,
  offload: 8,
  linkdown: 16,
  unresolved: 32,
  trap: 64,
});

const header = struct("rtnexthop", {
  /** rtnh_len: of the header and the attributes behind it. */
  rtnhLen: pad(2),
  rtnhFlags,
  /** Weight less one. */
  rtnhHops: u8,
  rtnhIfindex: s32,
});

const set = attributes("nexthop-attrs", () => nexthopFields);

/** One of several next hops: struct rtnexthop and its attributes (linux/rtnetlink.h). */
export interface Rtnexthop extends Partial<Infer<typeof header>>, Infer<typeof set> {}

const rtnexthopAttrs: AttributeSet<Infer<typeof set>> = set;
const rtnexthop = message("rtnexthop", header, rtnexthopAttrs) as unknown as Message<Rtnexthop>;

/** struct rtnexthop one after the other, each with its own u16 length in front, padded to four bytes. */
export const multipath: Shape<Rtnexthop[]> = {
  type: "struct rtnexthop[]",
  of: payloadOf(rtnexthop),
  accepts: (length) => length >= header.size,
  decode(input, at, length, scope) {
    const hops: Rtnexthop[] = [];
    each(input, at, length, (start, size) => hops.push(rtnexthop.decode(input, start, size, scope)));
    return hops;
  },
  encode(output, value, scope) {
    if (!Array.isArray(value) || value.length === 0)
      throw new InputError("", "an array of at least one next hop", value);
    for (const [index, hop] of value.entries()) {
      const start = output.at;
      try {
        rtnexthop.encode(output, hop, scope);
        if (output.at - start > 0xffff) throw new InputError("", "at most 65535 bytes", hop);
      } catch (error) {
        throw atField(error, `[${index}]`);
      }
      const size = output.at - start;
      output.view.setUint16(start, size, output.little);
      output.take(align4(size) - size);
    }
  },
  explain(input, at, length, scope) {
    const parts: Explained[] = [];
    each(input, at, length, (start, size) => {
      const children = rtnexthop.explain(input, start, size, scope);
      parts.push({
        name: `[${parts.length}]`,
        start,
        end: start + size,
        valueStart: start,
        children,
        set: rtnexthopAttrs as AttributeSet<unknown>,
      });
    });
    return parts;
  },
};

function each(input: Input, at: number, length: number, visit: (start: number, size: number) => void): void {
  const end = at + length;
  let start = at;
  while (start + header.size <= end) {
    const size = input.view.getUint16(start, input.little);
    if (size < header.size || start + size > end)
      throw new DecodeError("length of the next hop does not fit", start);
    visit(start, size);
    start += align4(size);
  }
  if (start < end) throw new DecodeError("bytes behind the last next hop", start);
}
