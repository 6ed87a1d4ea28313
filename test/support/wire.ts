/** Bytes of netlink messages, put together without the encoder that is tested. */
import type { ByteOrder } from "../../src/netlink/codec/byte-order.ts";

export type Part = number | Uint8Array | readonly Part[];

/** Numbers are bytes; lists and arrays follow one another. */
export function bytes(...parts: readonly Part[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const add = (part: Part): void => {
    if (typeof part === "number") chunks.push(Uint8Array.of(part));
    else if (part instanceof Uint8Array) chunks.push(part);
    else part.forEach(add);
  };
  parts.forEach(add);
  return Uint8Array.from(Buffer.concat(chunks));
}

export function hex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(/\s/g, ""), "hex"));
}

/** The bytes of a text, without a NUL. */
export function text(value: string): Uint8Array {
  return Uint8Array.from(Buffer.from(value, "utf8"));
}

export const zeros = (count: number): Uint8Array => new Uint8Array(count);

export const ORDERS = ["little", "big"] as const;

/** Numbers, attributes and messages of one byte order. */
export function wire(order: ByteOrder) {
  const number = (value: number | bigint, size: number): Uint8Array => {
    const digits = BigInt.asUintN(size * 8, BigInt(value))
      .toString(16)
      .padStart(size * 2, "0");
    const big = hex(digits);
    return order === "big" ? big : big.reverse();
  };
  const u16 = (value: number) => number(value, 2);
  const u32 = (value: number) => number(value, 4);
  const u64 = (value: number | bigint) => number(value, 8);
  /** An attribute without padding behind it. */
  const bare = (type: number, ...payload: Part[]): Uint8Array => {
    const data = bytes(payload);
    return bytes(u16(data.length + 4), u16(type), data);
  };
  const attr = (type: number, ...payload: Part[]): Uint8Array => {
    const unpadded = bare(type, payload);
    return bytes(unpadded, zeros((4 - (unpadded.length % 4)) % 4));
  };
  const message = (
    head: { type: number; flags?: number; sequence?: number; portId?: number; length?: number },
    ...payload: Part[]
  ): Uint8Array => {
    const data = bytes(payload);
    const { type, flags = 0, sequence = 0, portId = 0, length = data.length + 16 } = head;
    return bytes(u32(length), u16(type), u16(flags), u32(sequence), u32(portId), data);
  };
  return { order, u16, u32, u64, attr, bare, message };
}
