/** A message as fields that can be compared with another's. */
import { type Direction, explainDatagram } from "../decode/explain.ts";
import { longValue } from "../decode/value.ts";
import { walk } from "../decode/walk.ts";
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import type { Protocol } from "../netlink/codec/protocol.ts";
import type { Explained } from "../netlink/codec/shape.ts";
import { NLA_TYPE_MASK } from "../netlink/constants.ts";
import type { IsVolatile } from "./volatile.ts";

export interface Field {
  /** `linkinfo.data.id` */
  readonly path: string;
  /** For people. */
  readonly text: string;
  /** What must be equal: the bytes as hexadecimal, with the attribute's header. */
  readonly raw: string;
}

export interface FieldOptions {
  readonly protocol: Protocol;
  readonly direction?: Direction | undefined;
  readonly byteOrder?: ByteOrder | undefined;
  /** Fields that count as equal whatever they are. */
  readonly isVolatile?: IsVolatile | undefined;
}

/** The fields of the first message of `bytes`, by their path. Lengths follow from the rest and are left out. */
export function fieldsOf(bytes: Uint8Array, options: FieldOptions): Map<string, Field> {
  const fields = new Map<string, Field>();
  const [message] = explainDatagram(bytes, options).messages;
  if (!message) return fields;
  const type = message.constant ?? String(message.type);
  for (const { part, path } of walk([...message.header, ...message.parts])) {
    if (ALWAYS.has(part.name) || path === "nlmsgLen") continue;
    const isGroup = part.children !== undefined;
    const own = isGroup ? part.valueStart : part.end;
    const raw = isGroup ? typeOf(part) : hex(bytes.subarray(part.start, own));
    if (isGroup && part.attributeType === undefined) continue;
    const same = options.isVolatile?.({ path, part, type }) === true;
    const text = isGroup ? `{}${flagsOf(part)}` : `${longValue(part)}${flagsOf(part)}`;
    fields.set(unused(fields, path), same ? { path, text: "…", raw: "…" } : { path, text, raw });
  }
  return fields;
}

/** What identifies the request, not what it asks. */
const ALWAYS = new Set(["nlmsgSeq", "nlmsgPid"]);

/** Two attributes of one name are told apart by their number. */
function unused(fields: ReadonlyMap<string, Field>, path: string): string {
  let free = path;
  for (let number = 2; fields.has(free); number++) free = `${path} (${number})`;
  return free;
}

const typeOf = ({ attributeType }: Explained): string => `type ${attributeType}`;

function flagsOf({ attributeType }: Explained): string {
  const flags = (attributeType ?? 0) & ~NLA_TYPE_MASK;
  return flags === 0 ? "" : ` (type flags 0x${flags.toString(16)})`;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** A field that two messages do not share. */
export interface Difference {
  readonly path: string;
  readonly expected?: Field | undefined;
  readonly actual?: Field | undefined;
}

/** In the order of the expected message; what it has not got, last. */
export function differences(
  expected: ReadonlyMap<string, Field>,
  actual: ReadonlyMap<string, Field>,
): Difference[] {
  const found: Difference[] = [];
  for (const [path, field] of expected) {
    const other = actual.get(path);
    if (other?.raw !== field.raw) found.push({ path, expected: field, actual: other });
  }
  for (const [path, field] of actual) if (!expected.has(path)) found.push({ path, actual: field });
  return found;
}

/** A line a field: `- mtu: 1400 bytes` is expected, `+ mtu: 1500 bytes` is there. */
export function formatDifferences(list: readonly Difference[], indent = "  "): string {
  return list.flatMap((difference) => lines(difference).map((line) => indent + line)).join("\n");
}

function lines({ path, expected, actual }: Difference): string[] {
  const showsRaw = expected && actual && expected.text === actual.text;
  const text = (field: Field) => (showsRaw ? `${field.text} (0x${field.raw})` : field.text);
  return [
    ...(expected ? [`- ${path}: ${text(expected)}`] : []),
    ...(actual ? [`+ ${path}: ${text(actual)}`] : []),
  ];
}
