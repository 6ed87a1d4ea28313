import { ip } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

const header = struct("ifaddrlblmsg", {
  ifalFamily: addressFamily,
  ifalReserved: pad(1),
  ifalPrefixlen: u8,
  ifalFlags: u8,
  /** Link that it is for, 0 for all. */
  ifalIndex: u32,
  /** Changes with the table. */
  ifalSeq: u32,
});

/** struct ifaddrlblmsg (linux/if_addrlabel.h), 12 bytes. */
export interface Ifaddrlblmsg extends Infer<typeof header> {}
export const ifaddrlblmsg: StructShape<Ifaddrlblmsg> = header;

const set = attributes("addrlabel-attrs", () => ({
  /** The prefix; its length is in the header. */
  address: attr("IFAL_ADDRESS", 1, ip),
  label: attr("IFAL_LABEL", 2, u32),
}));

export interface AddrlabelAttrs extends Infer<typeof set> {}
export const addrlabelAttrs: AttributeSet<AddrlabelAttrs> = set;

/** A label for IPv6 addresses, by which source addresses are chosen (linux/if_addrlabel.h, RFC 6724). */
export interface Addrlabel extends Ifaddrlblmsg, AddrlabelAttrs {
  trailing?: Uint8Array;
}
export const addrlabelMessage: Message<Addrlabel> = message(
  "addrlabel",
  ifaddrlblmsg,
  addrlabelAttrs,
) as Message<Addrlabel>;
