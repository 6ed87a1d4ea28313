/** Colours for terminals. */
import type { Role, Style } from "../decode/style.ts";
import { plainStyle } from "../decode/style.ts";
import type { Output } from "./io.ts";

export const whens = ["auto", "always", "never"] as const;
export type When = (typeof whens)[number];

/** Select Graphic Rendition codes (ECMA-48): on, off. */
const codes: Readonly<Record<Role, readonly [on: number, off: number]>> = {
  title: [1, 22],
  name: [36, 39],
  value: [33, 39],
  constant: [35, 39],
  dim: [2, 22],
  note: [34, 39],
  problem: [31, 39],
  added: [32, 39],
  removed: [31, 39],
};

const colours: Style = (role, text) => {
  const [on, off] = codes[role];
  return `\u001b[${on}m${text}\u001b[${off}m`;
};

/** Colours on a terminal, unless NO_COLOR is set (no-color.org); FORCE_COLOR sets them anyway. */
export function styleFor(
  stream: Output,
  when: When,
  env: Readonly<Record<string, string | undefined>>,
): Style {
  if (when !== "auto") return when === "always" ? colours : plainStyle;
  if (env.NO_COLOR) return plainStyle;
  if (env.FORCE_COLOR) return env.FORCE_COLOR === "0" ? plainStyle : colours;
  return stream.isTTY && env.TERM !== "dumb" ? colours : plainStyle;
}
