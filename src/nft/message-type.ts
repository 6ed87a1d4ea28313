import type { Message } from "../netlink/codec/message.ts";
import type { MessageType } from "../netlink/codec/protocol.ts";
import { NFNL_SUBSYS_NFTABLES } from "../nfnetlink/constants.ts";
import { nfType } from "../nfnetlink/header.ts";

/** A message type of nf_tables. */
export function nftType<T>(constant: string, number: number, message: Message<T>): MessageType<T> {
  return nfType(constant, NFNL_SUBSYS_NFTABLES, number, message);
}
