/** Numbers that iproute2 prints as words: built in, or from its files. */

import { InputError } from "../netlink/errors.ts";
import { type RtProtocol, rtProtocol } from "../rtnl/route/header.ts";
import { ipProtocols } from "./ip-protocols.ts";
import { nameTable } from "./name-files.ts";

const groups = () => nameTable("group", { default: 0 });

/** Link group 0 is `default` (/etc/iproute2/group). */
export function groupName(group: number): string {
  return groups().names.get(group) ?? String(group);
}

export function groupNumber(group: string | number, field: string): number {
  return wordNumber(group, groups().numbers, field, 0xffffffff);
}

const protoDownReasons = () => nameTable("protodown_reasons");

/** Why links are kept down, by their bit's number (/etc/iproute2/protodown_reasons.d). */
export function protoDownReasonName(bit: number): string {
  return protoDownReasons().names.get(bit) ?? String(bit);
}

export function protoDownReasonNumber(reason: string | number, field: string): number {
  return wordNumber(reason, protoDownReasons().numbers, field, 31);
}

const tables = () => nameTable("rt_tables", { unspec: 0, default: 253, main: 254, local: 255 });

/** Routing tables (/etc/iproute2/rt_tables): `main` is 254. */
export function tableName(table: number): string {
  return tables().names.get(table) ?? String(table);
}

export function tableNumber(table: string | number, field: string): number {
  return wordNumber(table, tables().numbers, field, 0xffffffff);
}

const scopes = () => nameTable("rt_scopes", { global: 0, site: 200, link: 253, host: 254, nowhere: 255 });

/** A scope as the schema decodes it; RT_SCOPE_UNIVERSE is called `global` (/etc/iproute2/rt_scopes). */
export function scopeName(scope: string | number): string {
  if (typeof scope === "number") return scopes().names.get(scope) ?? String(scope);
  return scope === "universe" ? "global" : scope;
}

export function scopeNumber(scope: string | number, field: string): number {
  return wordNumber(scope, scopes().numbers, field, 255);
}

const realms = () => nameTable("rt_realms", { cosmos: 0 });

/** Realms of routes (/etc/iproute2/rt_realms). */
export function realmName(realm: number): string {
  return realms().names.get(realm) ?? String(realm);
}

export function realmNumber(realm: string | number, field: string): number {
  return wordNumber(realm, realms().numbers, field, 0xffff);
}

const ipProtocolNumbers: ReadonlyMap<string, number> = new Map(Object.entries(ipProtocols));
const ipProtocolNames = new Map([...ipProtocolNumbers].map(([name, number]) => [number, name]));

/** The transport protocols that rules and `ip route get` ask for (/etc/protocols). */
export function ipProtocolNumber(protocol: string | number, field: string): number {
  return wordNumber(protocol, ipProtocolNumbers, field, 255);
}

export function ipProtocolName(protocol: number): string {
  return ipProtocolNames.get(protocol) ?? String(protocol);
}

const dsfields = () => nameTable("rt_dsfield");

/** `0x10`, or `CS1`: the traffic class and type of service as iproute2 prints them (/etc/iproute2/rt_dsfield). */
export function tosName(tos: number): string {
  return dsfields().names.get(tos) ?? `0x${tos.toString(16).padStart(2, "0")}`;
}

export function tosNumber(tos: string | number, field: string): number {
  return wordNumber(tos, dsfields().numbers, field, 255);
}

const protocols = () => nameTable("rt_protos");

/** Who made a route, rule or nexthop, as the schema decodes it (/etc/iproute2/rt_protos). */
export function protocolName(protocol: RtProtocol): string {
  return typeof protocol === "number"
    ? (protocols().names.get(protocol) ?? String(protocol))
    : String(protocol);
}

/** For the schema: a name that it does not know, but iproute2's file, becomes its number. */
export function protocolOf(protocol: RtProtocol | (string & {})): RtProtocol {
  const word = wordOrNumber<RtProtocol>(protocol);
  if (typeof word !== "string" || [...rtProtocol.names.values()].includes(word)) return word;
  return protocols().numbers.get(word) ?? word;
}

/** A word of an enumeration in the schema, or its number as text: `static`, `"77"`. */
export function wordOrNumber<T extends string | number>(word: T | string): T {
  return (isNumeral(word) ? Number(word) : word) as T;
}

function isNumeral(word: string | number): boolean {
  return typeof word === "string" && /^(\d+|0x[0-9a-f]+)$/i.test(word);
}

function wordNumber(
  word: string | number,
  words: ReadonlyMap<string, number>,
  field: string,
  max: number,
): number {
  const number = words.get(word as string) ?? (isNumeral(word) ? Number(word) : word);
  if (typeof number !== "number" || !Number.isInteger(number) || number < 0 || number > max) {
    const names = [...words.keys()];
    const or = names.length > 0 ? `, or one of ${names.join(", ")}` : "";
    throw new InputError(field, `a number up to ${max}${or}`, word);
  }
  return number;
}
