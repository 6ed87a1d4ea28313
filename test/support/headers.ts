/** Constants of the kernel's headers, and those that the schema has. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { NamedShape } from "../../src/netlink/codec/enumeration.ts";
import type { Protocol } from "../../src/netlink/codec/protocol.ts";
import { NETLINK_NETFILTER } from "../../src/netlink/constants.ts";
import { setsOf, shapesOf } from "./inspect.ts";

/** The folder of the kernel's specs and constants. */
export const specs = process.env.NLKIT_SPECS ?? resolve(import.meta.dirname, "../../../shared/specs");

type Headers = Record<string, Record<string, number | string>>;

/** The headers in a file of the folder: a constant's value by header and name. No headers where there is no file. */
export function headersIn(file: string, folder = specs): Headers {
  const path = resolve(folder, "constants", file);
  if (!existsSync(path)) return {};
  const content = JSON.parse(readFileSync(path, "utf8")) as Headers | { headers: Headers };
  return ("what" in content ? content.headers : content) as Headers;
}

/** Values by name: a name may have another value in another header. */
export function valuesIn(headers: Headers): Map<string, Set<number>> {
  const values = new Map<string, Set<number>>();
  for (const constants of Object.values(headers)) {
    for (const [name, value] of Object.entries(constants)) {
      if (typeof value !== "number") continue;
      values.set(name, (values.get(name) ?? new Set()).add(value >>> 0));
    }
  }
  return values;
}

export interface Constant {
  readonly constant: string;
  readonly value: number;
  readonly where: string;
}

/** The constants that a module exports. */
export function constantsIn(module: Readonly<Record<string, number>>): Constant[] {
  return Object.entries(module).map(([constant, value]) => ({
    constant,
    value: value >>> 0,
    where: "constants.ts",
  }));
}

/** Message types, attributes, enumerations and flags of a protocol. */
export function constantsOf(protocol: Protocol): Constant[] {
  const list: Constant[] = [];
  const add = (constant: string, value: number, where: string) =>
    list.push({ constant, value: value >>> 0, where });
  // A type of nfnetlink has its subsystem above the number that the header gives it.
  const mask = protocol.number === NETLINK_NETFILTER ? 0xff : 0xffff;
  for (const type of protocol.types.values()) add(type.constant, type.type & mask, "messages");
  for (const set of setsOf(protocol)) {
    for (const { constant, type } of Object.values(set.attributes)) add(constant, type, set.name);
  }
  for (const shape of shapesOf(protocol)) {
    if (!("constants" in shape)) continue;
    for (const [value, constant] of (shape as NamedShape<unknown>).constants)
      add(constant, value, shape.type);
  }
  return list;
}
