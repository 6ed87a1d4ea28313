/** JSON Lines, as docs/decode-json.md describes them. */
import type { Explained } from "../../netlink/codec/shape.ts";
import { NLA_TYPE_MASK } from "../../netlink/constants.ts";
import { describePolicy } from "../../netlink/kernel-error.ts";
import { guess } from "../guess.ts";
import type { Remark } from "../remarks.ts";
import { printable } from "../style.ts";
import type { Told, ToldMessage, ToldRequest, Unfinished } from "../told.ts";
import { hexOf } from "../value.ts";

/** A line for each message, and one for what is wrong outside of them. */
export function json(told: Told): string {
  const lines: unknown[] = told.messages.map((message) => messageJson(told, message));
  if (told.messages.length === 0 || told.problems.length > 0 || told.notes.length > 0)
    lines.push(datagramJson(told));
  return lines.map(text).join("\n");
}

/** JSON itself leaves some control characters as they are. */
const text = (line: unknown): string => printable(JSON.stringify(line));

/** The line of something that is missing at the end. */
export function unfinishedJson({ request, text: missing }: Unfinished): string {
  const { datagram, message, offset, sequence } = request;
  const type = request.constant ?? request.type;
  const problems = [{ text: missing, offset }];
  return text({ datagram, message, offset, type, seq: sequence, unfinished: true, problems });
}

function common({ index, captured: { time, pid, socket, netns, failed }, protocol }: Told) {
  return { datagram: index, protocol: protocol.constant, time, pid, socket, netns, failed };
}

function datagramJson(told: Told) {
  const { datagram, ...more } = common(told);
  const { length, direction } = told.captured;
  const remarks = { problems: told.problems.map(remarkJson), notes: told.notes.map(remarkJson) };
  return {
    datagram,
    message: null,
    offset: 0,
    length,
    ...more,
    direction,
    type: null,
    value: null,
    unknown: [],
    ...remarks,
  };
}

function messageJson(told: Told, entry: ToldMessage) {
  const { datagram, ...more } = common(told);
  const { message, index, role, request, elapsed, objects, problems, notes } = entry;
  const { answer } = message;
  const unknown: unknown[] = [];
  const value = record(message.parts, "", (part, path) => unknown.push(unknownJson(told, part, path)));
  return {
    datagram,
    message: index,
    offset: message.offset,
    length: message.length,
    ...more,
    direction: message.direction,
    role,
    type: message.constant ?? message.type,
    flags: message.flagNames,
    seq: message.sequence,
    portId: message.portId,
    request: request && requestJson(request),
    elapsed,
    objects,
    answer: answer && {
      error: answer.error,
      code: answer.code,
      requestType: answer.requestType,
      message: answer.details.message,
      field: answer.details.path,
      attribute: answer.details.attribute,
      missing: answer.details.missing,
      expected: answer.details.policy && describePolicy(answer.details.policy),
    },
    value,
    unknown,
    problems: problems.map(remarkJson),
    notes: notes.map(remarkJson),
  };
}

function requestJson({ datagram, message, offset, constant, type }: ToldRequest) {
  return { datagram, message, offset, type: constant ?? type };
}

function remarkJson({ text, path, start, end }: Remark) {
  return { text, path, offset: start, length: end - start };
}

type Keep = (part: Explained, path: string) => void;

/** The fields of a struct, or of an attribute set, by name. */
function record(parts: readonly Explained[], prefix: string, keep: Keep): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  const seen = new Map<string, Explained>();
  for (const part of parts) {
    const path = prefix === "" || part.name.startsWith("[") ? prefix + part.name : `${prefix}.${part.name}`;
    const [, field, position] = /^(.*?)(\[\d+\])?$/.exec(part.name)!;
    if (isOpaque(part)) {
      keep(part, path);
      continue;
    }
    const value = valueIn(part, path, keep);
    if (position !== undefined && field !== "") {
      // A repeated attribute: its values are a list.
      const list = fields[field!];
      if (Array.isArray(list)) list.push(value);
      else fields[field!] = [value];
      continue;
    }
    // Of an attribute that is there twice and should not be, the last counts, as for the kernel.
    const earlier = seen.get(part.name);
    if (earlier) keep(earlier, path);
    seen.set(part.name, part);
    fields[part.name] = value;
  }
  return fields;
}

function valueIn(part: Explained, path: string, keep: Keep): unknown {
  const { children, shape = "" } = part;
  if (!children) return plain(part.value);
  const isArray =
    children.length > 0 ? children.every(({ name }) => name.startsWith("[")) : /\]$|array/.test(shape);
  if (!isArray) return record(children, path, keep);
  return children.map((child) => valueIn(child, path + child.name, keep));
}

/** Bytes that are no field: an unknown attribute, one whose bytes are no such value, what is left at the end. */
function isOpaque({ name, problem, children }: Explained): boolean {
  return !children && (problem !== undefined || name === "trailing" || name.startsWith("unknown."));
}

function unknownJson({ captured, byteOrder }: Told, part: Explained, path: string) {
  const { attributeType, start, end, valueStart } = part;
  const bytes = captured.bytes.subarray(valueStart, end);
  const isUnknown = part.name.startsWith("unknown.");
  return {
    path,
    type: attributeType === undefined ? null : attributeType & NLA_TYPE_MASK,
    offset: start,
    length: bytes.length,
    hex: hexOf(bytes),
    guess: isUnknown ? guess(bytes, byteOrder) : undefined,
  };
}

/** JSON has no bytes, and no integers above 2^53-1. */
function plain(value: unknown): unknown {
  if (typeof value === "bigint")
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
      ? Number(value)
      : String(value);
  if (value instanceof Uint8Array) return hexOf(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  return value;
}
