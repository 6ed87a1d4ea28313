/** What two captures do not share, as text. */
import type { DiffField, DiffMessage, FieldDifference, MessageDifference } from "../diff.ts";
import { formatLine } from "../line.ts";
import { type Style, safely } from "../style.ts";
import { place, typeName } from "../words.ts";

export interface FormatDiffOptions {
  readonly style?: Style | undefined;
}

/**
 * `−` is what only the first has, `+` what only the second has, `~` the same said otherwise:
 *
 *     → RTM_NEWLINK  datagram 0, and datagram 0
 *     − linkinfo.data.id: 42  IFLA_VXLAN_ID, byte 60
 *     + linkinfo.data.id: 43  IFLA_VXLAN_ID, byte 60
 *     ~ linkinfo: NLA_F_NESTED only in the second, byte 44
 */
export function formatDiff(
  differences: readonly MessageDifference[],
  options: FormatDiffOptions = {},
): string {
  const style = safely(options.style);
  const texts = differences.map((difference) => ofMessage(difference, style));
  // Messages that only one has are a line each, and need no distance.
  const isLine = (index: number): boolean => differences[index]?.fields.length === 0;
  return texts
    .map((text, index) => text + (isLine(index) && isLine(index + 1) ? "\n" : "\n\n"))
    .join("")
    .trimEnd();
}

function ofMessage({ a, b, fields }: MessageDifference, style: Style): string {
  if (!a || !b) {
    const [only, role, sign] = a ? [a, "removed", "−"] : [b!, "added", "+"];
    const line = formatLine(only.entry.message, { names: only.told.nameOf });
    return `${style(role as "added", `${sign} ${line}`)}  ${style("dim", placeOf(only))}`;
  }
  const { message } = a.entry;
  const title = `${message.direction === "sent" ? "→" : "←"} ${typeName(message)}`;
  const places = `${placeOf(a)}, and ${placeOf(b)}`;
  return [
    `${style("title", title)}  ${style("dim", places)}`,
    ...fields.flatMap((field) => ofField(field, style)),
  ].join("\n");
}

/** Of one message: a line or two a field. */
export function formatFieldDifferences(
  fields: readonly FieldDifference[],
  options: FormatDiffOptions = {},
): string[] {
  return fields.flatMap((field) => ofField(field, safely(options.style)));
}

const placeOf = ({ told, entry }: DiffMessage): string =>
  place({ datagram: told.index, message: entry.index });

function ofField({ kind, path, a, b }: FieldDifference, style: Style): string[] {
  if (kind === "order") {
    const where = path === "" ? "order" : `order in ${path}`;
    return [style("removed", `− ${where}: ${a!.text}`), style("added", `+ ${where}: ${b!.text}`)];
  }
  if (kind === "form")
    return [`${style("note", `~ ${path}: ${formOf(a!, b!)}`)}  ${style("dim", bytesOf(a!))}`];
  const lines: string[] = [];
  if (a) lines.push(side("−", "removed", a, style));
  if (b) lines.push(side("+", "added", b, style));
  return lines;
}

function side(sign: string, role: "added" | "removed", field: DiffField, style: Style): string {
  const value = field.text === "" ? "" : `: ${field.text}`;
  return `${style(role, `${sign} ${field.path}${value}`)}  ${style("dim", bytesOf(field))}`;
}

function bytesOf({ constant, start, end }: DiffField): string {
  const bytes = end - start > 1 ? `bytes ${start} to ${end - 1}` : `byte ${start}`;
  return constant === undefined ? bytes : `${constant}, ${bytes}`;
}

/** What is written otherwise. */
function formOf(a: DiffField, b: DiffField): string {
  const only = (one: DiffField, other: DiffField, which: string): string[] =>
    one.flags.filter((flag) => !other.flags.includes(flag)).map((flag) => `${flag} only in the ${which}`);
  const flags = [...only(a, b, "first"), ...only(b, a, "second")];
  if (flags.length > 0) return flags.join(", ");
  const hex = (field: DiffField): string => field.raw.slice(field.raw.indexOf(":") + 1);
  return `${a.text}, written ${hex(a)} and ${hex(b)}`;
}
