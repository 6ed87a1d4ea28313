import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { s32, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";

const header = struct("rtgenmsg", { rtgenFamily: addressFamily, pad: pad(3) });

/** struct rtgenmsg (linux/rtnetlink.h), padded to 4 bytes. */
export interface Rtgenmsg extends Infer<typeof header> {}
export const rtgenmsg: StructShape<Rtgenmsg> = header;

const set = attributes("nsid-attrs", () => ({
  /** The id; -1 when the namespace has none here. */
  nsid: attr("NETNSA_NSID", 1, s32),
  pid: attr("NETNSA_PID", 2, u32),
  fd: attr("NETNSA_FD", 3, u32),
  targetNsid: attr("NETNSA_TARGET_NSID", 4, s32),
  currentNsid: attr("NETNSA_CURRENT_NSID", 5, s32),
}));

export interface NsidAttrs extends Infer<typeof set> {}
export const nsidAttrs: AttributeSet<NsidAttrs> = set;

/** The number that one network namespace knows another by (linux/net_namespace.h, ip-netns(8)). */
export interface Nsid extends Rtgenmsg, NsidAttrs {
  trailing?: Uint8Array;
}
export const nsidMessage: Message<Nsid> = message("nsid", rtgenmsg, nsidAttrs) as Message<Nsid>;
