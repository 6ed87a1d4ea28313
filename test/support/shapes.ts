/** One shape on its own, without a set around it. */
import type { ByteOrder } from "../../src/netlink/codec/byte-order.ts";
import { Input } from "../../src/netlink/codec/input.ts";
import { Output } from "../../src/netlink/codec/output.ts";
import type { Explained, Scope, Shape } from "../../src/netlink/codec/shape.ts";

export function encodeShape<T>(
  shape: Shape<T>,
  value: T,
  byteOrder: ByteOrder = "little",
  scope?: Scope,
): Uint8Array {
  const output = new Output(byteOrder);
  shape.encode(output, value, scope);
  return output.finish();
}

export function decodeShape<T>(
  shape: Shape<T>,
  bytes: Uint8Array,
  byteOrder: ByteOrder = "little",
  { exact = false, scope }: { exact?: boolean; scope?: Scope } = {},
): T {
  if (!shape.accepts(bytes.length)) throw new RangeError(`${bytes.length} bytes are no ${shape.type}`);
  return shape.decode(new Input(bytes, { byteOrder, exact }), 0, bytes.length, scope);
}

export function explainShape(
  shape: Shape<unknown>,
  bytes: Uint8Array,
  byteOrder: ByteOrder = "little",
): Explained[] {
  return shape.explain?.(new Input(bytes, { byteOrder }), 0, bytes.length, undefined) ?? [];
}
