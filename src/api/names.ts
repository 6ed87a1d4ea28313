/** Numbers that iproute2 prints as words. */
import { InputError } from "../netlink/errors.ts";

/** Link group 0 is `default` (/etc/iproute2/group). */
export function groupName(group: number): string {
  return group === 0 ? "default" : String(group);
}

export function groupNumber(group: string | number, field: string): number {
  return wordNumber(group, { default: 0 }, field, 0xffffffff);
}

const tables = { unspec: 0, default: 253, main: 254, local: 255 };

/** Routing tables (/etc/iproute2/rt_tables): `main` is 254. */
export function tableName(table: number): string {
  const found = Object.entries(tables).find(([, number]) => number === table);
  return found?.[0] ?? String(table);
}

/** The number of a routing table; `all` is 0. */
export function tableNumber(table: string | number, field: string): number {
  return wordNumber(table, { ...tables, all: 0 }, field, 0xffffffff);
}

/** The scope of RT_SCOPE_UNIVERSE is called `global`. */
export function scopeName(scope: string | number): string {
  return scope === "universe" ? "global" : String(scope);
}

export function scopeValue(scope: string | number): string | number {
  return scope === "global" ? "universe" : scope;
}

function wordNumber(
  word: string | number,
  words: Record<string, number>,
  field: string,
  max: number,
): number {
  const number =
    typeof word === "number"
      ? word
      : Object.hasOwn(words, word)
        ? words[word]!
        : Number(word === "" ? Number.NaN : word);
  if (!Number.isInteger(number) || number < 0 || number > max) {
    throw new InputError(field, `a number up to ${max}, or one of ${Object.keys(words).join(", ")}`, word);
  }
  return number;
}
