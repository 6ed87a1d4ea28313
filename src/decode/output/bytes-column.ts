/** The bytes of a field, in front of its name. */
import type { Style } from "../style.ts";
import type { Row } from "./rows.ts";

const BYTES = 12;
/** Offset, and three characters for each byte. */
export const emptyColumn: string = " ".repeat(7 + 3 * BYTES);

/**
 * The rows of bytes from a field's start to the next field's: `|` in front of an attribute's payload, `·` in front of
 * padding.
 */
export function bytesColumn(
  bytes: Uint8Array,
  { start, valueStart, end }: Row,
  next: number,
  style: Style,
): string[] {
  const lines: string[] = [];
  const until = Math.min(Math.max(end, next), bytes.length);
  let at = start;
  do {
    const last = Math.min(at + BYTES, until);
    let line = `${style("dim", String(at).padStart(6))} `;
    for (let place = at; place < last; place++) {
      const mark = place === end && place > start ? "·" : place === valueStart && place > start ? "|" : " ";
      const byte = bytes[place]!.toString(16).padStart(2, "0");
      const isValue = place >= valueStart && place < end;
      line += style("dim", mark) + style(isValue ? "value" : "dim", byte);
    }
    lines.push(line + " ".repeat(Math.max(0, 3 * (BYTES - (last - at)))));
    at = last;
  } while (at < until);
  return lines.map((line, index) => (index === 0 ? line : line.trimEnd()));
}
