import { type AttributeSet, attr, attributes } from "../netlink/codec/attributes.ts";
import { enumeration, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { be16, be32 } from "../netlink/codec/integer.ts";
import { type Message, message } from "../netlink/codec/message.ts";
import { messageType } from "../netlink/codec/protocol.ts";
import type { Infer } from "../netlink/codec/shape.ts";
import { change, type Request } from "../netlink/request.ts";
import {
  NFNL_MSG_BATCH_BEGIN,
  NFNL_MSG_BATCH_END,
  NFNL_SUBSYS_ACCT,
  NFNL_SUBSYS_CTHELPER,
  NFNL_SUBSYS_CTNETLINK,
  NFNL_SUBSYS_CTNETLINK_EXP,
  NFNL_SUBSYS_CTNETLINK_TIMEOUT,
  NFNL_SUBSYS_HOOK,
  NFNL_SUBSYS_IPSET,
  NFNL_SUBSYS_NFT_COMPAT,
  NFNL_SUBSYS_NFTABLES,
  NFNL_SUBSYS_NONE,
  NFNL_SUBSYS_OSF,
  NFNL_SUBSYS_QUEUE,
  NFNL_SUBSYS_ULOG,
} from "./constants.ts";
import { type Nfgenmsg, nfgenmsgOf } from "./header.ts";

const subsystems = {
  none: NFNL_SUBSYS_NONE,
  ctnetlink: NFNL_SUBSYS_CTNETLINK,
  "ctnetlink-exp": NFNL_SUBSYS_CTNETLINK_EXP,
  queue: NFNL_SUBSYS_QUEUE,
  ulog: NFNL_SUBSYS_ULOG,
  osf: NFNL_SUBSYS_OSF,
  ipset: NFNL_SUBSYS_IPSET,
  acct: NFNL_SUBSYS_ACCT,
  "ctnetlink-timeout": NFNL_SUBSYS_CTNETLINK_TIMEOUT,
  cthelper: NFNL_SUBSYS_CTHELPER,
  nftables: NFNL_SUBSYS_NFTABLES,
  "nft-compat": NFNL_SUBSYS_NFT_COMPAT,
  hook: NFNL_SUBSYS_HOOK,
} as const;
export type Subsystem = NameOf<typeof subsystems>;
const subsystem: NamedShape<Subsystem> = enumeration(be16, "NFNL_SUBSYS_", subsystems);

const set = attributes("batch-attrs", () => ({
  /** Generation of the ruleset that the batch is meant for: of another the kernel refuses it (ERESTART). */
  genid: attr("NFNL_BATCH_GENID", 1, be32),
}));
export interface BatchAttrs extends Infer<typeof set> {}
export const batchAttrs: AttributeSet<BatchAttrs> = set;

/** The beginning or the end of a batch: all of the messages between them are done, or none. */
export interface BatchMessage extends Nfgenmsg<Subsystem>, BatchAttrs {
  trailing?: Uint8Array;
}
export const batchMessage: Message<BatchMessage> = message(
  "batch",
  nfgenmsgOf(subsystem),
  batchAttrs,
) as Message<BatchMessage>;

export const NFNL_MSG_BATCH_BEGIN_TYPE = messageType(
  "NFNL_MSG_BATCH_BEGIN",
  NFNL_MSG_BATCH_BEGIN,
  batchMessage,
);
export const NFNL_MSG_BATCH_END_TYPE = messageType("NFNL_MSG_BATCH_END", NFNL_MSG_BATCH_END, batchMessage);

/** The message types around a batch. */
export const batchTypes = [NFNL_MSG_BATCH_BEGIN_TYPE, NFNL_MSG_BATCH_END_TYPE];

/**
 * Begins a batch.
 *
 * @param genid - the generation it is meant for; without it, whichever there is.
 */
export function batchBegin(resId: Subsystem, genid?: number): Request<never> {
  return change(NFNL_MSG_BATCH_BEGIN_TYPE, { nfgenFamily: "unspec", resId, genid });
}

/** Ends a batch: what it says is done now. */
export function batchEnd(resId: Subsystem): Request<never> {
  return change(NFNL_MSG_BATCH_END_TYPE, { nfgenFamily: "unspec", resId });
}
