/** struct nlmsghdr in words: the type's constant, and flags whose meaning the type decides. */
import { enumeration, flags, type NamedShape } from "../netlink/codec/enumeration.ts";
import type { Input } from "../netlink/codec/input.ts";
import { u16, u32 } from "../netlink/codec/integer.ts";
import type { NlMessage } from "../netlink/codec/nlmsg.ts";
import type { Protocol } from "../netlink/codec/protocol.ts";
import { type Explained, withUnit } from "../netlink/codec/shape.ts";
import { explainStruct, struct } from "../netlink/codec/struct.ts";
import * as c from "../netlink/constants.ts";

const nlmsghdr = struct("nlmsghdr", {
  nlmsgLen: withUnit(u32, "bytes"),
  nlmsgType: u16,
  nlmsgFlags: u16,
  nlmsgSeq: u32,
  nlmsgPid: u32,
});

const control = enumeration(u16, "NLMSG_", {
  noop: c.NLMSG_NOOP,
  error: c.NLMSG_ERROR,
  done: c.NLMSG_DONE,
  overrun: c.NLMSG_OVERRUN,
});

const common = {
  request: c.NLM_F_REQUEST,
  multi: c.NLM_F_MULTI,
  ack: c.NLM_F_ACK,
  echo: c.NLM_F_ECHO,
  "dump-intr": c.NLM_F_DUMP_INTR,
  "dump-filtered": c.NLM_F_DUMP_FILTERED,
};

/** 0x100 to 0x800 mean other things to each verb. */
const flagsOf = {
  GET: flags(u16, "NLM_F_", { ...common, root: c.NLM_F_ROOT, match: c.NLM_F_MATCH, atomic: c.NLM_F_ATOMIC }),
  NEW: flags(u16, "NLM_F_", {
    ...common,
    replace: c.NLM_F_REPLACE,
    excl: c.NLM_F_EXCL,
    create: c.NLM_F_CREATE,
    append: c.NLM_F_APPEND,
  }),
  DEL: flags(u16, "NLM_F_", { ...common, nonrec: c.NLM_F_NONREC, bulk: c.NLM_F_BULK }),
  ACK: flags(u16, "NLM_F_", { ...common, capped: c.NLM_F_CAPPED, "ack-tlvs": c.NLM_F_ACK_TLVS }),
  other: flags(u16, "NLM_F_", common),
};

export type Verb = keyof typeof flagsOf;

/** `RTM_NEWLINK`, `NLMSG_DONE`; undefined for a type that has no name here. */
export function typeConstant(protocol: Protocol, type: number): string | undefined {
  return control.constants.get(type) ?? protocol.types.get(type)?.constant;
}

/** What the message does with its object, as the names and the numbers of message types have it. */
export function verbOf(protocol: Protocol, type: number): Verb {
  if (type < c.NLMSG_MIN_TYPE) return type === c.NLMSG_ERROR || type === c.NLMSG_DONE ? "ACK" : "other";
  const named = /_(NEW|DEL|GET)/.exec(protocol.types.get(type)?.constant ?? "")?.[1];
  if (named) return named as "NEW" | "DEL" | "GET";
  // rtnetlink numbers its types in fours.
  const byNumber =
    protocol.number === c.NETLINK_ROUTE ? (["NEW", "DEL", "GET"] as const)[type % 4] : undefined;
  return byNumber ?? "other";
}

/** `NLM_F_REQUEST`, `NLM_F_DUMP`; bits without a name are one hexadecimal number at the end. */
function flagConstants(protocol: Protocol, type: number, bits: number): string[] {
  const verb = verbOf(protocol, type);
  const kind = verb === "other" && isDump(protocol, bits) ? "GET" : verb;
  const shape = flagsOf[kind] as NamedShape<readonly (string | number)[]>;
  const names = bits === 0 ? [] : shape.text!([bits])!.split("|");
  if (kind === "GET" && (bits & c.NLM_F_DUMP) === c.NLM_F_DUMP)
    names.splice(names.indexOf("NLM_F_ROOT"), 2, "NLM_F_DUMP");
  return names;
}

/** Outside of rtnetlink, whatever a request is called. */
function isDump({ number }: Protocol, bits: number): boolean {
  const both = c.NLM_F_REQUEST | c.NLM_F_DUMP;
  return number !== c.NETLINK_ROUTE && (bits & both) === both;
}

/** The fields of a header at `at`; fewer where fewer bytes are left. */
export function explainHeader(input: Input, at: number, length: number, protocol: Protocol): Explained[] {
  const parts = explainStruct(nlmsghdr.fields, input, at, Math.min(length, c.NLMSG_HDRLEN));
  const type = parts[1]?.value as number;
  return parts.map((part) => {
    const number = part.value as number;
    if (part.name === "nlmsgType") return { ...part, number, text: typeConstant(protocol, number) };
    if (part.name !== "nlmsgFlags") return part;
    const names = flagConstants(protocol, type, number);
    return { ...part, value: names, number, text: names.join("|") || "0" };
  });
}

/** Name and flags of a message. */
export function headerInWords(protocol: Protocol, { type, flags: bits }: NlMessage) {
  return { constant: typeConstant(protocol, type), flagNames: flagConstants(protocol, type, bits) };
}
