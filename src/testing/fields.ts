/** A message as fields that can be compared with another's. */
import { type FieldDifference, fieldDifferences } from "../decode/diff.ts";
import { type DiffField, fieldsOf as fieldsOfMessage } from "../decode/diff-fields.ts";
import { type Direction, explainDatagram } from "../decode/explain.ts";
import { formatFieldDifferences } from "../decode/output/diff.ts";
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import type { Protocol } from "../netlink/codec/protocol.ts";
import type { IsVolatile } from "./volatile.ts";

export type Fields = ReadonlyMap<string, DiffField>;

export interface FieldOptions {
  readonly protocol: Protocol;
  readonly direction?: Direction | undefined;
  readonly byteOrder?: ByteOrder | undefined;
  /** Fields that do not count. */
  readonly isVolatile?: IsVolatile | undefined;
}

/** The fields of the first message of `bytes`, by their path. */
export function fieldsOf(bytes: Uint8Array, options: FieldOptions): Fields {
  const [message] = explainDatagram(bytes, options).messages;
  if (!message) return new Map();
  const { isVolatile = () => false, direction } = options;
  const type = message.constant ?? String(message.type);
  return fieldsOfMessage(bytes, message, {
    isIgnored: (part, path) => isVolatile({ part, path, type, direction }),
  });
}

export const differences: (expected: Fields, actual: Fields) => FieldDifference[] = fieldDifferences;

/** A line or two a field: `− mtu: 1400 bytes` is expected, `+ mtu: 1500 bytes` is there. */
export function formatDifferences(list: readonly FieldDifference[]): string {
  return formatFieldDifferences(list)
    .map((line) => `  ${line}`)
    .join("\n");
}
