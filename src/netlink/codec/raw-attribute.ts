import { NLA_F_NESTED, NLA_F_NET_BYTEORDER } from "../constants.ts";
import type { Input } from "./input.ts";
import type { Shape } from "./shape.ts";

/** An attribute as it stands in the bytes: struct nlattr (linux/netlink.h). */
export interface RawAttribute {
  /** Type with its flag bits. */
  type: number;
  /** Where the payload is. */
  at: number;
  length: number;
}

/** Reads the attribute at `at`; undefined where no sound one fits before `end`. */
export function readAttribute(input: Input, at: number, end: number): RawAttribute | undefined {
  if (at + 4 > end) return undefined;
  const length = input.view.getUint16(at, input.little);
  if (length < 4 || at + length > end) return undefined;
  return { type: input.view.getUint16(at + 2, input.little), at: at + 4, length: length - 4 };
}

/** The word of a type, with the flag bits that belong to attributes of this shape. */
export function typeWord(type: number, shape: Shape<unknown>, value: unknown): number {
  let word = type;
  if (shape.nested || shape.nests?.(value)) word |= NLA_F_NESTED;
  if (shape.netByteOrder) word |= NLA_F_NET_BYTEORDER;
  return word;
}
