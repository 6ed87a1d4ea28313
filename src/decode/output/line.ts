/** One line a message. */
import { formatLine } from "../line.ts";
import { formatRemark } from "../remarks.ts";
import { safely } from "../style.ts";
import type { Told } from "../told.ts";
import { namesOf, type OutputOptions } from "./options.ts";

/** A line for each message, as {@link formatLine} has it, and for what stands outside of them: `[netns] ← …`. */
export function line(told: Told, options: OutputOptions = {}): string {
  const { width } = options;
  const style = safely(options.style);
  const names = namesOf(told, options);
  const { netns } = told.captured;
  const place = netns === undefined ? "" : `${style("dim", `[${netns}]`)} `;
  return [
    ...told.messages.map((entry) => formatLine(entry.message, { style, width, names, told: entry })),
    ...told.problems.map((problem) => style("problem", `! ${formatRemark(problem)}`)),
  ]
    .map((text) => place + text)
    .join("\n");
}
