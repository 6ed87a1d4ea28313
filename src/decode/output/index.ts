/** A conversation as text: an output for every taste. */
import type { Unfinished } from "../told.ts";
import { formatUnfinished } from "../words.ts";
import { hex } from "./hex.ts";
import { json, unfinishedJson } from "./json.ts";
import { line } from "./line.ts";
import type { Output, OutputOptions } from "./options.ts";
import { tree } from "./tree.ts";
import { typescript } from "./typescript.ts";

export const outputs = { tree, line, json, hex, typescript } as const satisfies Record<string, Output>;
export type OutputName = keyof typeof outputs;

/** What is missing at the end, for an output; empty where it has no place for that. */
export function unfinished(entry: Unfinished, output: OutputName, options: OutputOptions = {}): string {
  if (output === "json") return unfinishedJson(entry);
  if (output === "hex") return "";
  return output === "typescript" ? `// ${formatUnfinished(entry)}` : formatUnfinished(entry, options);
}

export type { Output, OutputOptions };
export { hex, json, line, tree, typescript };
