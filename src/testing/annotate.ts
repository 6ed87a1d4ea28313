/** A datagram as lines: hexadecimal, and beside it what it says. */
import { type Direction, explainDatagram } from "../decode/explain.ts";
import { shortValue } from "../decode/value.ts";
import { walk } from "../decode/walk.ts";
import type { ByteOrder } from "../netlink/codec/byte-order.ts";
import type { Protocol } from "../netlink/codec/protocol.ts";
import type { Explained } from "../netlink/codec/shape.ts";
import { NLA_F_NESTED, NLA_F_NET_BYTEORDER } from "../netlink/constants.ts";
import { describeAck } from "../netlink/kernel-error.ts";

export interface AnnotateOptions {
  readonly protocol: Protocol;
  readonly direction?: Direction | undefined;
  readonly byteOrder?: ByteOrder | undefined;
}

/** From which byte on, and what it says. Ends where the next row begins. */
interface Row {
  readonly start: number;
  readonly text: string;
}

/** Bytes of one line. */
const WIDTH = 32;

/** Lines that have every byte once, an attribute a line; nothing is lost, however broken the datagram is. */
export function annotate(bytes: Uint8Array, options: AnnotateOptions): string[] {
  const datagram = explainDatagram(bytes, options);
  const rows: Row[] = [];
  for (const message of datagram.messages) {
    const names = message.flagNames.map((name) => name.replace("NLM_F_", "")).join("|");
    const words = [message.constant ?? `type ${message.type}`, names].filter((word) => word !== "");
    const place = `${message.length} bytes, #${message.sequence}, port ${message.portId}`;
    const said = message.answer ? describeAck(message.answer.details) : "";
    rows.push({ start: message.offset, text: `${words.join(" ")}, ${place}${said}` });
    rows.push(...rowsOf(message.parts, bytes, 0));
    rows.push(...outside(message.problems.filter(({ path }) => path === undefined)));
  }
  rows.push(...outside(datagram.problems), ...outside(datagram.notes));
  return linesOf(rows, bytes);
}

const outside = (remarks: readonly { start: number; text: string }[]): Row[] =>
  remarks.map(({ start, text }) => ({ start, text: `! ${text}` }));

const isAttribute = (part: Explained): boolean => part.attributeType !== undefined;
const hasAttributes = (part: Explained): boolean =>
  part.children?.some((child) => isAttribute(child) || hasAttributes(child)) === true;

/** Attributes have a row each; the fields of a struct share one. */
function rowsOf(parts: readonly Explained[], bytes: Uint8Array, depth: number): Row[] {
  const rows: Row[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    const next = parts[at + 1];
    if (hasAttributes(part)) {
      const inner = part.children!.findIndex((child) => isAttribute(child) || hasAttributes(child));
      const own = part.children!.slice(0, inner);
      const from = isAttribute(part) ? part.valueStart : part.start;
      const holes = gaps(own, bytes, from, part.children![inner]!.start);
      rows.push(row(depth, part, `${part.name}: ${fields(own)}`, holes));
      rows.push(...rowsOf(part.children!.slice(inner), bytes, depth + 1));
    } else if (isAttribute(part) || part.children) {
      rows.push(row(depth, part, attributeText(part), rest(part, bytes, next?.start)));
    } else {
      let last = at;
      while (last + 1 < parts.length && isField(parts[last + 1]!)) last++;
      const group = parts.slice(at, last + 1);
      const end = parts[last + 1]?.start ?? group.at(-1)!.end;
      rows.push(row(depth, part, fields(group), gaps(group, bytes, part.start, end)));
      at = last;
    }
  }
  return rows;
}

const isField = (part: Explained): boolean => !isAttribute(part) && part.children === undefined;

function row(depth: number, part: Explained, text: string, rest = ""): Row {
  const type = part.attributeType ?? 0;
  const flags = `${type & NLA_F_NESTED ? " nested" : ""}${type & NLA_F_NET_BYTEORDER ? " big-endian" : ""}`;
  const problem = part.problem === undefined ? "" : ` ! ${part.problem}`;
  return { start: part.start, text: `${"  ".repeat(depth)}${text.trimEnd()}${flags}${rest}${problem}` };
}

/** `ifiIndex=3 ifiFlags=up`: fields that are not zero. */
function fields(parts: readonly Explained[]): string {
  return [...walk(parts)]
    .filter(({ part }) => !part.children && !isNothing(part))
    .map(({ part, path }) => `${path}=${shortValue(part)}`)
    .join(" ");
}

function isNothing({ number, value }: Explained): boolean {
  const what = number ?? value;
  if (what instanceof Uint8Array) return what.every((byte) => byte === 0);
  return what === 0 || what === 0n || what === "" || what === undefined;
}

function attributeText(part: Explained): string {
  if (!part.children) return `${part.name}: ${valueText(part)}`;
  return `${part.name}: ${fields(part.children) || "0"}`;
}

function valueText(part: Explained): string {
  const { value, text, unit } = part;
  const words =
    value instanceof Uint8Array && value.length > WIDTH ? `${value.length} bytes` : shortValue(part);
  return unit === undefined || text !== undefined ? words : `${words} ${unit}`;
}

/** What the value does not show: bytes behind a string, padding that is not zero. */
function rest(part: Explained, bytes: Uint8Array, next: number | undefined): string {
  const { start, end, valueStart, value, shape } = part;
  const isText = typeof value === "string" && (shape === "string" || shape?.startsWith("char["));
  const length = isText ? new TextEncoder().encode(value).length + 1 : undefined;
  const odd = length !== undefined && end - valueStart !== length ? `, ${end - valueStart} bytes` : "";
  const holes = part.children ? gaps(leaves(part.children), bytes, valueStart, end) : "";
  const padding = bytes.subarray(end, Math.min(next ?? end + (-(end - start) & 3), bytes.length));
  return `${odd}${holes}${padding.some((byte) => byte !== 0) ? `, padding 0x${hex(padding)}` : ""}`;
}

const leaves = (parts: readonly Explained[]): Explained[] =>
  parts.flatMap((part) => (part.children && part.children.length > 0 ? leaves(part.children) : [part]));

/** Bytes that belong to no field, where they are not zero. */
function gaps(parts: readonly Explained[], bytes: Uint8Array, start: number, end: number): string {
  let at = start;
  let found = "";
  for (const next of [...parts, { start: end, end }]) {
    const gap = bytes.subarray(at, next.start);
    if (gap.some((byte) => byte !== 0)) found += `, unnamed 0x${hex(gap)}`;
    at = next.end;
  }
  return found;
}

function linesOf(rows: readonly Row[], bytes: Uint8Array): string[] {
  const sorted = rows.toSorted((a, b) => a.start - b.start);
  const lines: string[] = [];
  if ((sorted[0]?.start ?? bytes.length) > 0) lines.push(...wrapped(bytes, 0, sorted[0]?.start, ""));
  for (const [index, { start, text }] of sorted.entries())
    lines.push(...wrapped(bytes, start, sorted[index + 1]?.start, text));
  return lines;
}

/** The words stand beside the first line. */
function wrapped(bytes: Uint8Array, start: number, end = bytes.length, text = ""): string[] {
  const lines: string[] = [];
  for (let at = start; at < end || at === start; at += WIDTH) {
    const words = at === start && text !== "" ? `  ${text}` : "";
    lines.push(`${grouped(bytes.subarray(at, Math.min(end, at + WIDTH)))}${words}`);
  }
  return lines;
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Groups of four bytes. */
const grouped = (bytes: Uint8Array): string => hex(bytes).replace(/(.{8})(?=.)/g, "$1 ");
