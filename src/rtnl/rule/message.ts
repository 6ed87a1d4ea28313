import { ip } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, pad } from "../../netlink/codec/bytes.ts";
import { enumeration, flags, type NamedShape, type NameOf } from "../../netlink/codec/enumeration.ts";
import { be32, be64, u8, u16, u32 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";
import { rtProtocol } from "../route/header.ts";

const actions = {
  unspec: 0,
  "to-tbl": 1,
  goto: 2,
  nop: 3,
  res3: 4,
  res4: 5,
  blackhole: 6,
  unreachable: 7,
  prohibit: 8,
} as const;
/** FR_ACT_* (linux/fib_rules.h) */
export type FrAct = NameOf<typeof actions>;
export const frAct: NamedShape<FrAct> = enumeration(u8, "FR_ACT_", actions);

const frhFlags = flags(u32, "FIB_RULE_", {
  permanent: 0x1,
  invert: 0x2,
  unresolved: 0x4,
  "iif-detached": 0x8,
  "oif-detached": 0x10,
  "find-saddr": 0x10000,
});

const header = struct("fib-rule-hdr", {
  frhFamily: addressFamily,
  frhDstLen: u8,
  frhSrcLen: u8,
  frhTos: u8,
  /** Table, where it is below 256; the attribute `table` has all of it. */
  frhTable: u8,
  res1: pad(1),
  res2: pad(1),
  frhAction: frAct,
  frhFlags,
});

/**
 * struct fib_rule_hdr (linux/fib_rules.h), 12 bytes. Its fields have no prefix in C; here they have one, because `table`
 * is an attribute as well.
 */
export interface FibRuleHdr extends Infer<typeof header> {}
export const fibRuleHdr: StructShape<FibRuleHdr> = header;

const uidRange = struct("fib-rule-uid-range", { start: u32, end: u32 });
const portRange = struct("fib-rule-port-range", { start: u16, end: u16 });

const set = attributes("fib-rule-attrs", () => ({
  dst: attr("FRA_DST", 1, ip),
  src: attr("FRA_SRC", 2, ip),
  iifname: attr("FRA_IIFNAME", 3, string),
  /** Priority of the rule to go on with. */
  goto: attr("FRA_GOTO", 4, u32),
  unused2: attr("FRA_UNUSED2", 5, bytes),
  /** The lower comes first. */
  priority: attr("FRA_PRIORITY", 6, u32),
  unused3: attr("FRA_UNUSED3", 7, bytes),
  unused4: attr("FRA_UNUSED4", 8, bytes),
  unused5: attr("FRA_UNUSED5", 9, bytes),
  fwmark: attr("FRA_FWMARK", 10, u32),
  /** Realms, the destination's in the low 16 bits. */
  flow: attr("FRA_FLOW", 11, u32),
  /** Big endian, whatever the spec says. */
  tunId: attr("FRA_TUN_ID", 12, be64),
  /** Routes by links of this group are passed over; 4294967295 for none. */
  suppressIfgroup: attr("FRA_SUPPRESS_IFGROUP", 13, u32),
  /** Routes with a prefix that is not longer are passed over; 4294967295 for none. */
  suppressPrefixlen: attr("FRA_SUPPRESS_PREFIXLEN", 14, u32),
  table: attr("FRA_TABLE", 15, u32),
  fwmask: attr("FRA_FWMASK", 16, u32),
  oifname: attr("FRA_OIFNAME", 17, string),
  pad: attr("FRA_PAD", 18, bytes),
  /** Not 0: the table is that of the VRF. */
  l3mdev: attr("FRA_L3MDEV", 19, u8),
  uidRange: attr("FRA_UID_RANGE", 20, uidRange),
  protocol: attr("FRA_PROTOCOL", 21, rtProtocol),
  ipProto: attr("FRA_IP_PROTO", 22, u8),
  sportRange: attr("FRA_SPORT_RANGE", 23, portRange),
  dportRange: attr("FRA_DPORT_RANGE", 24, portRange),
  dscp: attr("FRA_DSCP", 25, u8),
  flowlabel: attr("FRA_FLOWLABEL", 26, be32),
  flowlabelMask: attr("FRA_FLOWLABEL_MASK", 27, be32),
  sportMask: attr("FRA_SPORT_MASK", 28, u16),
  dportMask: attr("FRA_DPORT_MASK", 29, u16),
  dscpMask: attr("FRA_DSCP_MASK", 30, u8),
}));

export interface FibRuleAttrs extends Infer<typeof set> {}
export const fibRuleAttrs: AttributeSet<FibRuleAttrs> = set;

/** A rule that chooses the routing table: struct fib_rule_hdr and its attributes (linux/fib_rules.h). */
export interface Rule extends FibRuleHdr, FibRuleAttrs {
  trailing?: Uint8Array;
}
export const ruleMessage: Message<Rule> = message("rule", fibRuleHdr, fibRuleAttrs) as Message<Rule>;
