/** One message, one line. */
import type { Explained } from "../netlink/codec/shape.ts";
import { NLMSG_DONE } from "../netlink/constants.ts";
import type { Answer } from "./answer.ts";
import type { ExplainedMessage } from "./explain.ts";
import type { InterfaceNameOf } from "./interface-index.ts";
import { meaningOf } from "./meaning.ts";
import { formatRemark } from "./remarks.ts";
import { type Role, type Style, safely } from "./style.ts";
import type { ToldMessage } from "./told.ts";
import { shortValue } from "./value.ts";
import { type Visited, walk } from "./walk.ts";
import { milliseconds, said, typeName } from "./words.ts";

export interface LineOptions {
  readonly style?: Style | undefined;
  /** Characters that a line should not exceed: fields beyond are counted. Without it, all are shown. */
  readonly width?: number | undefined;
  /** Names of interfaces by index. */
  readonly names?: InterfaceNameOf | undefined;
  /** What the conversation knows of the message. */
  readonly told?: Pick<ToldMessage, "elapsed" | "objects" | "problems"> | undefined;
}

type Word = readonly [role: Role, text: string];

/**
 * `→ RTM_NEWLINK ACK|EXCL|CREATE #17 ifname=veth0 linkinfo.kind=veth`, `← ack #17 0.25 ms`,
 * `← error EEXIST of RTM_NEWLINK #17: File exists at ifname (IFLA_IFNAME)`. Fields of a fixed struct that are zero are
 * left out.
 */
export function formatLine(message: ExplainedMessage, options: LineOptions = {}): string {
  const { width = Number.POSITIVE_INFINITY, told } = options;
  const style = safely(options.style);
  const { problems } = told ?? message;
  const head: Word[] = [["title", message.direction === "sent" ? "→" : "←"], ...title(message, told)];
  const end = problems.map((problem): Word => ["problem", `! ${formatRemark(problem)}`]);
  const fields = message.answer
    ? []
    : [...walk(message.parts)].filter(isShown).map((visited) => fieldWords(visited, message, options));
  const room = width - lengthOf(head) - lengthOf(end);
  const styled = ([role, text]: Word) => style(role, text);
  return [
    ...head.map(styled),
    ...fitting(fields, room).map((words) => words.map(styled).join("")),
    ...end.map(styled),
  ].join(" ");
}

function title(
  { answer, flagNames, sequence, ...message }: ExplainedMessage,
  { elapsed, objects }: NonNullable<LineOptions["told"]> | { elapsed?: undefined; objects?: undefined } = {},
): Word[] {
  const { type } = message;
  const counted = answer && objects !== undefined ? ` ${objects} object${objects === 1 ? "" : "s"}` : "";
  const after = answer && elapsed !== undefined ? ` ${milliseconds(elapsed)}` : "";
  const number = `#${sequence}${counted}${after}`;
  if (answer) {
    const words = said(answer);
    if (words === "") return [...outcome(type, answer), ["dim", number]];
    return [...outcome(type, answer), ["dim", `${number}:`], ["problem", words]];
  }
  const names = flagNames
    .filter((name) => name !== "NLM_F_REQUEST")
    .map((name) => name.replace("NLM_F_", ""));
  const flags: Word[] = names.length > 0 ? [["constant", names.join("|")]] : [];
  return [["title", typeName(message)], ...flags, ["dim", number]];
}

function outcome(type: number, { code, requestType }: Answer): Word[] {
  const ends = type === NLMSG_DONE;
  if (code === undefined) return [["title", ends ? "done" : "ack"]];
  const of: Word[] = requestType === undefined ? [] : [["dim", `of ${requestType}`]];
  return [["problem", `${ends ? "done with error" : "error"} ${code}`], ...of];
}

/** Leaves, and nests without any; of fixed structs only what is not zero. Elements of an array are its value. */
function isShown({ part }: Visited): boolean {
  if (part.children) return part.children.length === 0 || part.children.some(isElement);
  return !isElement(part) && (part.attributeType !== undefined || !isNothing(part.number ?? part.value));
}

const isElement = ({ name, children }: Explained): boolean => name.startsWith("[") && children === undefined;

const isNothing = (value: unknown): boolean =>
  value === 0 || value === 0n || value === "" || value === undefined;

function fieldWords({ part, path }: Visited, message: ExplainedMessage, { names }: LineOptions): Word[] {
  if (part.value === true && part.shape === "flag") return [["name", path]];
  const meaning = meaningOf(part, message.parts, message.constant, names);
  return [
    ["name", `${path}=`],
    [
      "value",
      meaning === undefined ? fieldValue(part) : `${fieldValue(part)}(${meaning.replaceAll(" ", "-")})`,
    ],
  ];
}

function fieldValue(part: Explained): string {
  if (!part.children) return shortValue(part);
  const elements = part.children.filter(isElement).map(shortValue);
  return elements.length === 0 ? "{}" : `[${elements.join(",")}]`;
}

function lengthOf(words: readonly Word[]): number {
  return words.reduce((sum, [, text]) => sum + text.length + 1, 0);
}

/** The fields that there is room for, and how many more there are. */
function fitting(fields: Word[][], room: number): Word[][] {
  const reserve = "… 999 more".length;
  let used = 0;
  for (const [index, words] of fields.entries()) {
    used += lengthOf(words) - words.length + 1;
    const isLast = index === fields.length - 1;
    if (used + (isLast ? 0 : reserve) > room) {
      return [...fields.slice(0, index), [["dim", `… ${fields.length - index} more`]]];
    }
  }
  return fields;
}
