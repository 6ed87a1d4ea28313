/** One field a line. */
import { align4 } from "../../netlink/codec/byte-order.ts";
import { NLMSG_HDRLEN } from "../../netlink/constants.ts";
import { formatRemark, type Remarks } from "../remarks.ts";
import { type Style, safely } from "../style.ts";
import type { Told, ToldMessage } from "../told.ts";
import { longValue } from "../value.ts";
import { clock, milliseconds, place, refused, said, typeName } from "../words.ts";
import { bytesColumn, emptyColumn } from "./bytes-column.ts";
import { namesOf, type OutputOptions } from "./options.ts";
import { type Row, rowsOf } from "./rows.ts";

/** Columns end here, longer names and values push the rest to the right. */
const NAMES = 28;
const VALUES = 30;

/**
 * A datagram's messages as trees, the byte offset in front of every field:
 *
 *     → RTM_NEWLINK  datagram 0, NETLINK_ROUTE, 44 bytes
 *        4  nlmsgType  RTM_NEWLINK (16)
 *       32  ifname     "veth0"                         IFLA_IFNAME (3)
 *
 * With `bytes`, the bytes stand between: `|` is in front of an attribute's payload, `·` in front of padding.
 */
export function tree(told: Told, options: OutputOptions = {}): string {
  const style = safely(options.style);
  const trees = told.messages.map((message) => treeOf(told, message, options));
  if (told.messages.length === 0) trees.push(style("dim", `datagram ${told.index}${context(told)}`));
  const remarks = remarkLines(told, style);
  return [trees.join("\n\n"), ...remarks].join("\n");
}

function treeOf(told: Told, entry: ToldMessage, options: OutputOptions): string {
  const style = safely(options.style);
  const { message, problems, notes } = entry;
  const rows = rowsOf(entry, namesOf(told, options), {
    byteOrder: told.byteOrder,
    copyOf: options.bytes ? undefined : copied(told, entry),
  });
  const nameWidth = Math.min(
    NAMES,
    rows.reduce((most, { depth, name }) => Math.max(most, 2 * depth + name.length), 0),
  );
  const end = Math.min(message.offset + align4(message.length), told.captured.bytes.length);
  const lines = rows.flatMap((row, index) => {
    const text = fieldText(row, nameWidth, style);
    if (!options.bytes) return `${style("dim", String(row.start).padStart(6))}  ${text}`;
    const next = rows[index + 1]?.start ?? end;
    return bytesColumn(told.captured.bytes, row, next, style).map((bytes, line) =>
      line === 0 ? `${bytes}  ${text}` : bytes,
    );
  });
  const indent = options.bytes ? emptyColumn : "      ";
  const place = (line: string): string => `${indent}  ${line}`;
  const outside = { problems: problems.filter(({ path }) => path === undefined), notes };
  return [
    title(told, entry, style),
    ...lines,
    ...verdict(entry, style).map(place),
    ...remarkLines(outside, style).map(place),
  ].join("\n");
}

/** Where the request is that an error repeats byte for byte. */
function copied({ captured: { bytes } }: Told, { message, request }: ToldMessage): string | undefined {
  const copy = message.parts.find(({ name }) => name === "request");
  if (!request || !copy || copy.end - copy.start <= NLMSG_HDRLEN) return undefined;
  const asked = request.tell().captured.bytes.subarray(request.offset);
  const isSame =
    asked.length === copy.end - copy.start && asked.every((byte, at) => byte === bytes[copy.start + at]);
  return isSame ? `as in ${place(request)}` : undefined;
}

function fieldText({ depth, name, value, constant, problem }: Row, nameWidth: number, style: Style): string {
  const names = `${"  ".repeat(depth)}${style("name", name)}`;
  const nameLength = 2 * depth + name.length;
  const words: [text: string, length: number, width: number][] = [[names, nameLength, nameWidth]];
  if (value !== "" || constant !== "")
    words.push([value === "" ? "" : style("value", value), value.length, VALUES]);
  if (constant !== "") words.push([style("constant", constant), constant.length, 0]);
  if (problem !== undefined) words.push([style("problem", `! ${problem}`), 0, 0]);
  return words
    .map(([text, length, width], index) =>
      index < words.length - 1 ? text + " ".repeat(Math.max(0, width - length)) : text,
    )
    .join("  ")
    .trimEnd();
}

/** What it is, where it is from, and what it has to do with others. */
function title(
  told: Told,
  { index, message, request, elapsed, objects, role }: ToldMessage,
  style: Style,
): string {
  const arrow = message.direction === "sent" ? "→" : "←";
  const many = told.datagram.messages.length > 1 ? `, message ${index}` : "";
  const words = [`datagram ${told.index}${many}${context(told)}, ${message.length} bytes`];
  if (request) {
    const verb = role === "notification" ? "caused by" : "answers";
    const after = elapsed === undefined ? "" : ` after ${milliseconds(elapsed)}`;
    words.push(`${verb} ${typeName(request)} (${place(request)})${after}`);
  }
  if (objects !== undefined) words.push(message.answer ? `${objects} objects in all` : `object ${objects}`);
  const { answer } = message;
  const outcome = answer && style(answer.code === undefined ? "title" : "problem", ` ${answer.code ?? "ok"}`);
  return `${style("title", `${arrow} ${typeName(message)}`)}${outcome ?? ""}  ${style("dim", words.join(", "))}`;
}

function context({ protocol, captured: { time, pid, netns } }: Told): string {
  const words = ["", protocol.constant];
  if (netns !== undefined) words.push(`netns ${netns}`);
  if (pid !== undefined) words.push(`pid ${pid}`);
  if (time !== undefined) words.push(clock(time));
  return words.join(", ");
}

/** What an error says, and the field of the request that it is about. */
function verdict(entry: ToldMessage, style: Style): string[] {
  const { answer } = entry.message;
  const text = answer ? said(answer) : "";
  if (text === "") return [];
  const part = refused(entry);
  if (!part || !entry.request) return [style("problem", text)];
  const value = part.children ? "" : `${longValue(part)}, `;
  const where = `${value}byte ${part.start} of ${place(entry.request)}`;
  return [`${style("problem", text)}  ${style("dim", where)}`];
}

function remarkLines({ problems, notes }: Remarks, style: Style): string[] {
  return [
    ...problems.map((problem) => style("problem", `! ${formatRemark(problem)}`)),
    ...notes.map((note) => style("note", formatRemark(note))),
  ];
}
