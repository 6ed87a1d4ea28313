/** One line a message. */
import type { Explained } from "../netlink/codec/shape.ts";
import { NLMSG_DONE } from "../netlink/constants.ts";
import { describeAck } from "../netlink/kernel-error.ts";
import type { Answer } from "./answer.ts";
import type { ExplainedDatagram, ExplainedMessage } from "./explain.ts";
import { formatRemark } from "./remarks.ts";
import { plainStyle, type Role, type Style } from "./style.ts";
import { shortValue } from "./value.ts";
import { type Visited, walk } from "./walk.ts";

export interface LineOptions {
  readonly style?: Style | undefined;
  /** Characters that a line should not exceed: fields beyond are counted. Without it, all are shown. */
  readonly width?: number | undefined;
}

type Word = readonly [role: Role, text: string];

/**
 * `→ RTM_NEWLINK ACK|EXCL|CREATE #17 ifname=veth0 linkinfo.kind=veth`, `← ack #17`,
 * `← error EEXIST #17: File exists at ifname (IFLA_IFNAME)`. Fields of a fixed struct that are zero are left out.
 */
export function formatLine(message: ExplainedMessage, options: LineOptions = {}): string {
  const { style = plainStyle, width = Number.POSITIVE_INFINITY } = options;
  const head: Word[] = [["title", message.direction === "sent" ? "→" : "←"], ...title(message)];
  const end = message.problems.map((problem): Word => ["problem", `! ${formatRemark(problem)}`]);
  const fields = message.answer ? [] : [...walk(message.parts)].filter(isShown).map(fieldWords);
  const room = width - lengthOf(head) - lengthOf(end);
  const styled = ([role, text]: Word) => style(role, text);
  return [
    ...head.map(styled),
    ...fitting(fields, room).map((words) => words.map(styled).join("")),
    ...end.map(styled),
  ].join(" ");
}

/** A line for each message, and for what stands outside of them. */
export function formatLines(datagram: ExplainedDatagram, options: LineOptions = {}): string[] {
  const { style = plainStyle } = options;
  return [
    ...datagram.messages.map((message) => formatLine(message, options)),
    ...datagram.problems.map((problem) => style("problem", `! ${formatRemark(problem)}`)),
  ];
}

function title({ answer, type, constant, flagNames, sequence }: ExplainedMessage): Word[] {
  if (answer) {
    const said = describeAck(answer.details);
    const number: Word = ["dim", `#${sequence}`];
    return [
      ...outcome(type, answer),
      ...(said === ""
        ? [number]
        : ([
            ["dim", `#${sequence}:`],
            ["problem", said.replace(/^[:;]? /, "")],
          ] as Word[])),
    ];
  }
  const names = flagNames
    .filter((name) => name !== "NLM_F_REQUEST")
    .map((name) => name.replace("NLM_F_", ""));
  const flags: Word[] = names.length > 0 ? [["constant", names.join("|")]] : [];
  return [["title", constant ?? `type ${type}`], ...flags, ["dim", `#${sequence}`]];
}

function outcome(type: number, { code }: Answer): Word[] {
  const ends = type === NLMSG_DONE;
  if (code === undefined) return [["title", ends ? "done" : "ack"]];
  return [["problem", `${ends ? "done with error" : "error"} ${code}`]];
}

/** Leaves, and nests without any; of fixed structs only what is not zero. Elements of an array are its value. */
function isShown({ part }: Visited): boolean {
  if (part.children) return part.children.length === 0 || part.children.some(isElement);
  return !isElement(part) && (part.attributeType !== undefined || !isNothing(part.number ?? part.value));
}

const isElement = ({ name, children }: Explained): boolean => name.startsWith("[") && children === undefined;

const isNothing = (value: unknown): boolean =>
  value === 0 || value === 0n || value === "" || value === undefined;

function fieldWords({ part, path }: Visited): Word[] {
  if (part.value === true && part.shape === "flag") return [["name", path]];
  return [
    ["name", `${path}=`],
    ["value", fieldValue(part)],
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
