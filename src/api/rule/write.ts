import { InputError } from "../../netlink/errors.ts";
import type { RtProtocol } from "../../rtnl/route/index.ts";
import type { FrAct, Rule as RtnlRule } from "../../rtnl/rule/index.ts";
import { refuseOthers } from "../filter.ts";
import { groupNumber, ipProtocolNumber, protocolOf, tableNumber, tosNumber } from "../names.ts";
import { addressBits, type IpFamily } from "../prefix.ts";
import { FamilyOfRoute } from "../route/family.ts";
import { type FlowSettings, flowOf } from "../route/nexthop.ts";
import type { Words } from "../words.ts";

/** Which packets, and which rules: the selectors of ip-rule(8). */
export interface RuleSelector {
  /** Default: that of the addresses, else `inet`; in a list both. */
  family?: IpFamily;
  /** The lower comes first; default: before those that are there. */
  priority?: number;
  /** Match what the others do not. */
  not?: boolean;
  /** A prefix, or `all`. */
  from?: string;
  to?: string;
  tos?: string | number;
  /** Since Linux 6.13: 0 to 63. */
  dscp?: number;
  /** A number or `0x10`, with a mask `0x10/0xff`. */
  fwmark?: string | number;
  /** Name of the link packets come in by; there need not be one. */
  iif?: string;
  /** Name of the link that the sender's socket is bound to. */
  oif?: string;
  /** Look in the table of the VRF that the packet is in. */
  l3mdev?: boolean;
  /** Ids of senders: 1000, or `1000-2000`. */
  uidrange?: string | number;
  /** `tcp`, `udp`, `icmp`, … or a number. */
  ipproto?: string | number;
  /** A port, or `1000-2000`. */
  sport?: string | number;
  dport?: string | number;
  /** Since Linux 6.14, IPv6: a number, or `0x10/0xff`. */
  flowlabel?: string | number;
  /** Id of the tunnel that the packet came by. */
  tunId?: number;
  /** The table to look in; default `main`. */
  table?: string | number;
  /** Who made it; default `boot`. */
  protocol?: RtProtocol | (string & {});
}

/** A rule in the words of ip-rule(8). */
export interface RuleSettings extends RuleSelector {
  /** Ignore routes with a prefix of this length or a shorter one. */
  suppressPrefixlen?: number;
  /** Ignore routes by links of this group. */
  suppressIfgroup?: string | number;
  /** Realms. */
  flow?: FlowSettings;
  /** Go on with the rule of this priority. */
  goto?: number;
  /** Instead of looking into a table. */
  action?: "nop" | "blackhole" | "unreachable" | "prohibit";
}

/** What ip-rule(8) calls it beside `fib-rule-attrs`. */
export const rulePaths = {
  family: "frhFamily",
  tos: "frhTos",
  action: "frhAction",
  from: "src",
  to: "dst",
  iif: "iifname",
  oif: "oifname",
  uidrange: "uidRange",
  ipproto: "ipProto",
  sport: "sportRange",
  dport: "dportRange",
} as const satisfies Words;

export const selectorWords: readonly (keyof RuleSelector)[] = [
  "family",
  "priority",
  "not",
  "from",
  "to",
  "tos",
  "dscp",
  "fwmark",
  "iif",
  "oif",
  "l3mdev",
  "uidrange",
  "ipproto",
  "sport",
  "dport",
  "flowlabel",
  "tunId",
  "table",
  "protocol",
];
const settingWords = [
  ...selectorWords,
  "suppressPrefixlen",
  "suppressIfgroup",
  "flow",
  "goto",
  "action",
] as const;
const actions = ["nop", "blackhole", "unreachable", "prohibit"];

/**
 * A rule in the kernel's words.
 *
 * @param adding - fill in what is not given, rather than leave it open.
 */
export function writeRule(given: RuleSettings, adding: boolean): Partial<RtnlRule> {
  const {
    family: asked,
    priority,
    not = false,
    from,
    to,
    tos,
    dscp,
    fwmark,
    iif,
    oif,
    l3mdev,
    ...more
  } = given;
  const { uidrange, ipproto, sport, dport, flowlabel, tunId, table, protocol, ...rest } = more;
  const { suppressPrefixlen, suppressIfgroup, flow, goto, action, ...others } = rest;
  refuseOthers(others, settingWords);
  for (const [word, value] of Object.entries({ not, l3mdev: l3mdev ?? false })) {
    if (typeof value !== "boolean") throw new InputError(word, "a boolean", value);
  }
  const family = new FamilyOfRoute(asked);
  const source = from === undefined || from === "all" ? undefined : family.prefix(from, "from");
  const target = to === undefined || to === "all" ? undefined : family.prefix(to, "to");
  if (l3mdev && table !== undefined) throw new InputError("table", "no table together with l3mdev", table);
  const standard = adding && !l3mdev && action === undefined && goto === undefined ? 254 : undefined;
  const number = table === undefined ? standard : tableNumber(table, "table");
  const mark = masked(fwmark, "fwmark", 0xffffffff);
  const label = masked(flowlabel, "flowlabel", 0xfffff);
  return {
    frhFamily: family.known ?? "inet",
    frhDstLen: target?.length,
    frhSrcLen: source?.length,
    frhTos: tos === undefined ? undefined : tosNumber(tos, "tos"),
    frhTable: number !== undefined && number < 256 ? number : undefined,
    frhAction: actionOf(action, goto, adding),
    frhFlags: not ? ["invert"] : [],
    priority,
    dst: target?.address,
    src: source?.address,
    iifname: iif,
    oifname: oif,
    l3mdev: l3mdev ? 1 : undefined,
    fwmark: mark?.value,
    fwmask: mark?.mask,
    uidRange: range(uidrange, "uidrange", 0xffffffff),
    ipProto: ipproto === undefined ? undefined : ipProtocolNumber(ipproto, "ipproto"),
    sportRange: range(sport, "sport", 0xffff),
    dportRange: range(dport, "dport", 0xffff),
    dscp,
    flowlabel: label?.value,
    flowlabelMask: label && (label.mask ?? 0xfffff),
    tunId: tunId === undefined ? undefined : tunnelId(tunId),
    table: number !== undefined && number >= 256 ? number : undefined,
    suppressPrefixlen,
    suppressIfgroup:
      suppressIfgroup === undefined ? undefined : groupNumber(suppressIfgroup, "suppressIfgroup"),
    flow: flow && flowOf(flow, "flow"),
    goto,
    protocol: protocol === undefined ? (adding ? "boot" : undefined) : protocolOf(protocol),
  };
}

function actionOf(action: string | undefined, goto: number | undefined, adding: boolean): FrAct | undefined {
  if (action !== undefined && !actions.includes(action)) {
    throw new InputError("action", `one of ${actions.join(", ")}`, action);
  }
  if (goto !== undefined) {
    if (action !== undefined) throw new InputError("action", "no other action together with goto", action);
    return "goto";
  }
  return (action as FrAct | undefined) ?? (adding ? "to-tbl" : undefined);
}

function tunnelId(id: number): bigint {
  if (!Number.isSafeInteger(id) || id < 0) throw new InputError("tunId", "an integer from 0 on", id);
  return BigInt(id);
}

/** `1000` or `1000-2000`. */
export function range(
  given: string | number | undefined,
  field: string,
  max: number,
): { start: number; end: number } | undefined {
  if (given === undefined) return undefined;
  const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(String(given)) ?? [];
  const start = Number(first);
  const end = last === undefined ? start : Number(last);
  if (first === undefined || start > end || end > max) {
    throw new InputError(field, `a number up to ${max}, or two such as 1000-2000`, given);
  }
  return { start, end };
}

/** `0x10`, `16`, `0x10/0xff`. */
export function masked(
  given: string | number | undefined,
  field: string,
  max: number,
): { value: number; mask: number | undefined } | undefined {
  if (given === undefined) return undefined;
  const numeral = "(0x[0-9a-f]+|\\d+)";
  const [, value, mask] = new RegExp(`^${numeral}(?:/${numeral})?$`, "i").exec(String(given)) ?? [];
  const parsed = { value: Number(value), mask: mask === undefined ? undefined : Number(mask) };
  if (value === undefined || parsed.value > max || (parsed.mask ?? 0) > max) {
    throw new InputError(field, `a number up to 0x${max.toString(16)}, with a mask such as 0x10/0xff`, given);
  }
  return parsed;
}

/** Whether a rule of the kernel has all that the selector says. */
export function ruleTest(selector: RuleSelector): (rule: RtnlRule) => boolean {
  const wanted = writeRule(selector, false);
  const {
    frhFamily: _family,
    frhFlags: _flags,
    frhTable,
    table,
    frhTos,
    frhSrcLen,
    frhDstLen,
    ...fields
  } = wanted;
  const number = table ?? frhTable;
  return (rule) => {
    if (selector.not !== undefined && rule.frhFlags.includes("invert") !== selector.not) return false;
    if (number !== undefined && (rule.table ?? rule.frhTable) !== number) return false;
    if (frhTos !== undefined && rule.frhTos !== frhTos) return false;
    if (selector.from !== undefined && !samePrefix(rule.frhSrcLen, frhSrcLen)) return false;
    if (selector.to !== undefined && !samePrefix(rule.frhDstLen, frhDstLen)) return false;
    if (selector.family !== undefined && rule.frhFamily !== selector.family) return false;
    return Object.entries(fields).every(([name, value]) => {
      const own = name === "priority" ? (rule.priority ?? 0) : rule[name as keyof RtnlRule];
      return value === undefined || same(own, value);
    });
  };
}

const samePrefix = (own: number, wanted: number | undefined) => own === (wanted ?? 0);

function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  return Object.entries(b).every(([key, value]) => (a as Record<string, unknown>)[key] === value);
}

/** Families that a selector can be about. */
export function familiesOf({ family, from, to }: RuleSelector): readonly IpFamily[] {
  const known = new FamilyOfRoute(family);
  if (from !== undefined && from !== "all") known.prefix(from, "from");
  if (to !== undefined && to !== "all") known.prefix(to, "to");
  return known.known === undefined ? (Object.keys(addressBits) as IpFamily[]) : [known.known];
}
