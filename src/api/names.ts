/** Numbers that iproute2 prints as words. */
import { InputError } from "../netlink/errors.ts";

type Numbers = Readonly<Record<string, number>>;

/** Link group 0 is `default` (/etc/iproute2/group). */
export function groupName(group: number): string {
  return group === 0 ? "default" : String(group);
}

export function groupNumber(group: string | number, field: string): number {
  return wordNumber(group, { default: 0 }, field, 0xffffffff);
}

const tables: Numbers = { unspec: 0, default: 253, main: 254, local: 255 };
const tableNames = namesOf(tables);

/** Routing tables (/etc/iproute2/rt_tables): `main` is 254. */
export function tableName(table: number): string {
  return tableNames.get(table) ?? String(table);
}

export function tableNumber(table: string | number, field: string): number {
  return wordNumber(table, tables, field, 0xffffffff);
}

const scopes: Numbers = { global: 0, site: 200, link: 253, host: 254, nowhere: 255 };

/** A scope as the schema decodes it; RT_SCOPE_UNIVERSE is called `global` (/etc/iproute2/rt_scopes). */
export function scopeName(scope: string | number): string {
  return scope === "universe" ? "global" : String(scope);
}

export function scopeNumber(scope: string | number, field: string): number {
  return wordNumber(scope, scopes, field, 255);
}

const realms: Numbers = { cosmos: 0 };
const realmNames = namesOf(realms);

/** Realms of routes (/etc/iproute2/rt_realms). */
export function realmName(realm: number): string {
  return realmNames.get(realm) ?? String(realm);
}

export function realmNumber(realm: string | number, field: string): number {
  return wordNumber(realm, realms, field, 0xffff);
}

/** The transport protocols that `ip route get` asks for (/etc/protocols). */
export function ipProtocolNumber(protocol: string | number, field: string): number {
  return wordNumber(protocol, { icmp: 1, tcp: 6, udp: 17, "ipv6-icmp": 58 }, field, 255);
}

/** `0x10`: the traffic class and type of service as iproute2 prints them (/etc/iproute2/rt_dsfield). */
export function tosName(tos: number): string {
  return `0x${tos.toString(16).padStart(2, "0")}`;
}

export function tosNumber(tos: string | number, field: string): number {
  return wordNumber(tos, {}, field, 255);
}

/** A word of an enumeration in the schema, or its number as text: `static`, `"77"`. */
export function wordOrNumber<T extends string | number>(word: T | string): T {
  return (isNumeral(word) ? Number(word) : word) as T;
}

function isNumeral(word: string | number): boolean {
  return typeof word === "string" && /^(\d+|0x[0-9a-f]+)$/i.test(word);
}

function namesOf(numbers: Numbers): ReadonlyMap<number, string> {
  return new Map(Object.entries(numbers).map(([name, number]) => [number, name]));
}

function wordNumber(word: string | number, words: Numbers, field: string, max: number): number {
  const number = Object.hasOwn(words, word) ? words[word] : isNumeral(word) ? Number(word) : word;
  if (typeof number !== "number" || !Number.isInteger(number) || number < 0 || number > max) {
    const names = Object.keys(words);
    const or = names.length > 0 ? `, or one of ${names.join(", ")}` : "";
    throw new InputError(field, `a number up to ${max}${or}`, word);
  }
  return number;
}
