import { ipv6 } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { s32, u8, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

/** Older kernels translate the option's flags, newer ones (6.18) hand them on as they came, the `pi-` ones here. */
const prefixFlags = flags(u8, "IF_PREFIX_", {
  onlink: 1,
  autoconf: 2,
  "pi-raddr": [32, "ND_OPT_PI_FLAG_RADDR"],
  "pi-auto": [64, "ND_OPT_PI_FLAG_AUTO"],
  "pi-onlink": [128, "ND_OPT_PI_FLAG_ONLINK"],
});

const header = struct("prefixmsg", {
  prefixFamily: addressFamily,
  prefixPad1: pad(3),
  prefixIfindex: s32,
  /** Type of the option of neighbour discovery: 3. */
  prefixType: u8,
  prefixLen: withUnit(u8, "bits"),
  prefixFlags,
  prefixPad3: pad(1),
});

/** struct prefixmsg (linux/rtnetlink.h), 12 bytes. */
export interface Prefixmsg extends Infer<typeof header> {}
export const prefixmsg: StructShape<Prefixmsg> = header;

const seconds = withUnit(u32, "s");

const set = attributes("prefix-attrs", () => ({
  address: attr("PREFIX_ADDRESS", 1, ipv6),
  cacheinfo: attr(
    "PREFIX_CACHEINFO",
    2,
    struct("prefix_cacheinfo", { preferredTime: seconds, validTime: seconds }),
  ),
}));
export interface PrefixAttrs extends Infer<typeof set> {}
export const prefixAttrs: AttributeSet<PrefixAttrs> = set;

/** A prefix out of a router advertisement (RFC 4861): struct prefixmsg and PREFIX_* (linux/rtnetlink.h). */
export interface Prefix extends Prefixmsg, PrefixAttrs {
  trailing?: Uint8Array;
}
export const prefixMessage: Message<Prefix> = message("prefix", prefixmsg, prefixAttrs) as Message<Prefix>;
