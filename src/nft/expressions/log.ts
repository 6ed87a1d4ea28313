import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be16, be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { byteCount } from "../units.ts";

const levels = {
  emerg: 0,
  alert: 1,
  crit: 2,
  err: 3,
  warning: 4,
  notice: 5,
  info: 6,
  debug: 7,
  audit: 8,
} as const;

const parts = { tcpseq: 1, tcpopt: 2, ipopt: 4, uid: 8, nflog: 16, macdecode: 32 } as const;

const set = attributes("log-attrs", () => ({
  /** Of programs that listen (nfnetlink_log); without it the kernel's log. */
  group: attr("NFTA_LOG_GROUP", 1, be16),
  prefix: attr("NFTA_LOG_PREFIX", 2, string),
  /** How much of the packet a program gets. */
  snaplen: attr("NFTA_LOG_SNAPLEN", 3, byteCount),
  /** How many packets are collected for one message. */
  qthreshold: attr("NFTA_LOG_QTHRESHOLD", 4, be16),
  level: attr("NFTA_LOG_LEVEL", 5, enumeration(be32, "NFT_LOGLEVEL_", levels)),
  flags: attr("NFTA_LOG_FLAGS", 6, flags(be32, "NF_LOG_", parts)),
}));
/** Writes the packet to the kernel's log, or hands it to a group of programs. */
export interface LogExpr extends Infer<typeof set> {}
export const log: AttributeSet<LogExpr> = set;
