import type { Rule as RtnlRule } from "../../rtnl/rule/index.ts";
import { groupName, ipProtocolName, protocolName, realmName, tableName, tosName } from "../names.ts";
import { addressBits, type IpFamily } from "../prefix.ts";
import { withoutUndefined } from "../words.ts";

/** A rule as `ip -j -d rule` prints it, in camelCase; what is `null` there is `true` here. */
export interface Rule {
  family: IpFamily;
  /** The lower comes first. */
  priority: number;
  /** Matches what the selectors do not. */
  not?: boolean;
  /** Address packets come from, or `all`. */
  src: string;
  /** Bits, where it is no single address. */
  srclen?: number;
  dst?: string;
  dstlen?: number;
  tos?: string;
  /** As `0x10`. */
  fwmark?: string;
  fwmask?: string;
  /** Link packets come in by. */
  iif?: string;
  /** There is no such link now. */
  iifDetached?: boolean;
  /** Link that the sender's socket is bound to. */
  oif?: string;
  oifDetached?: boolean;
  /** The table is that of the VRF. */
  l3mdev?: boolean;
  uidStart?: number;
  uidEnd?: number;
  /** `tcp`, `udp`, … */
  ipproto?: string;
  sport?: number;
  sportStart?: number;
  sportEnd?: number;
  dport?: number;
  dportStart?: number;
  dportEnd?: number;
  /** Where newer kernels have it. */
  sportMask?: string;
  dportMask?: string;
  dscp?: number;
  dscpMask?: string;
  flowlabel?: string;
  flowlabelMask?: string;
  tunId?: number;
  /** The table that is looked at. */
  table?: string;
  suppressPrefixlen?: number;
  suppressIfgroup?: string;
  flowFrom?: string;
  flowTo?: string;
  /** Priority of the rule to go on with; `none` without one. */
  goto?: number | "none";
  /** There is no such rule. */
  unresolved?: boolean;
  nop?: boolean;
  /** `blackhole`, `unreachable`, `prohibit`. */
  action?: string;
  protocol: string;
}

const NONE = 0xffffffff;

export function readRule(rule: RtnlRule): Rule {
  const family = rule.frhFamily as IpFamily;
  const bits = addressBits[family];
  const { frhFlags: flags, frhAction: action, fwmark, fwmask, flow } = rule;
  const table = rule.table ?? rule.frhTable;
  const has = (flag: (typeof flags)[number]) => flags.includes(flag) || undefined;
  // In the order of `ip -j`.
  return withoutUndefined<Rule>({
    family,
    priority: rule.priority ?? 0,
    not: has("invert"),
    src: rule.src ?? (rule.frhSrcLen === 0 ? "all" : "0"),
    srclen: rule.frhSrcLen === 0 || (rule.src && rule.frhSrcLen === bits) ? undefined : rule.frhSrcLen,
    dst: rule.dst ?? (rule.frhDstLen === 0 ? undefined : "0"),
    dstlen: rule.frhDstLen === 0 || (rule.dst && rule.frhDstLen === bits) ? undefined : rule.frhDstLen,
    tos: rule.frhTos === 0 ? undefined : tosName(rule.frhTos),
    fwmark: fwmark === undefined && fwmask === undefined ? undefined : hex(fwmark ?? 0),
    fwmask: fwmask === undefined || fwmask === NONE ? undefined : hex(fwmask),
    iif: rule.iifname,
    iifDetached: has("iif-detached"),
    oif: rule.oifname,
    oifDetached: has("oif-detached"),
    l3mdev: rule.l3mdev ? true : undefined,
    uidStart: rule.uidRange?.start,
    uidEnd: rule.uidRange?.end,
    ipproto: rule.ipProto === undefined ? undefined : ipProtocolName(rule.ipProto),
    ...ports("sport", rule.sportRange),
    ...ports("dport", rule.dportRange),
    sportMask: mask(rule.sportMask, 0xffff),
    dportMask: mask(rule.dportMask, 0xffff),
    dscp: rule.dscp,
    dscpMask: mask(rule.dscpMask, 0x3f),
    flowlabel: rule.flowlabel === undefined ? undefined : hex(rule.flowlabel),
    flowlabelMask: mask(rule.flowlabelMask, 0xfffff),
    tunId: rule.tunId === undefined ? undefined : Number(rule.tunId),
    table: table === 0 ? undefined : tableName(table),
    suppressPrefixlen: present(rule.suppressPrefixlen),
    suppressIfgroup:
      present(rule.suppressIfgroup) === undefined ? undefined : groupName(rule.suppressIfgroup!),
    flowFrom: flow === undefined || flow >>> 16 === 0 ? undefined : realmName(flow >>> 16),
    flowTo: flow === undefined ? undefined : realmName(flow & 0xffff),
    goto: action === "goto" ? (rule.goto ?? "none") : undefined,
    unresolved: has("unresolved"),
    nop: action === "nop" || undefined,
    action: ["to-tbl", "goto", "nop"].includes(String(action)) ? undefined : String(action),
    protocol: protocolName(rule.protocol ?? "unspec"),
  });
}

const hex = (number: number) => `0x${number.toString(16)}`;
const mask = (bits: number | undefined, whole: number) =>
  bits === undefined || bits === whole ? undefined : hex(bits);
const present = (value: number | undefined) => (value === NONE ? undefined : value);

function ports(name: "sport" | "dport", range: RtnlRule["sportRange"]): Partial<Rule> {
  if (range === undefined) return {};
  if (range.start === range.end) return { [name]: range.start };
  return { [`${name}Start`]: range.start, [`${name}End`]: range.end };
}
