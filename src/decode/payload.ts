import type { Input } from "../netlink/codec/input.ts";
import type { MessageType } from "../netlink/codec/protocol.ts";
import type { Explained } from "../netlink/codec/shape.ts";
import { DecodeError } from "../netlink/errors.ts";

/** Bytes as they are. */
export function opaque(name: string, input: Input, start: number, end: number, problem?: string): Explained {
  const value = input.bytes.slice(start, end);
  return { name, start, end, valueStart: start, value, shape: "binary", problem };
}

/** What follows a message's header; opaque bytes where the type has no schema, or they are no such message. */
export function explainPayload(
  type: MessageType<unknown> | undefined,
  input: Input,
  at: number,
  length: number,
): Explained[] {
  if (length <= 0) return [];
  if (!type) return [opaque("payload", input, at, at + length, "a message type without a schema")];
  try {
    return type.message.explain(input, at, length);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return [opaque("payload", input, at, at + length, error.message)];
  }
}
