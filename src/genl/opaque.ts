import { type Kept, opaqueAttributes } from "../netlink/codec/attributes.ts";
import { u8 } from "../netlink/codec/integer.ts";
import { type Message, message } from "../netlink/codec/message.ts";
import { type Genlmsghdr, genlmsghdr } from "./header.ts";

/** A message of a family without a schema: its header, and attributes that stay as they are. */
export interface OpaqueMessage extends Genlmsghdr, Kept {
  trailing?: Uint8Array;
}

export const opaqueMessage: Message<OpaqueMessage> = message(
  "genl",
  genlmsghdr(u8),
  opaqueAttributes("genl-attrs"),
) as Message<OpaqueMessage>;
