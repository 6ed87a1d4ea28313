/** One field a line. */
import type { Explained } from "../netlink/codec/shape.ts";
import { NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_TYPE_MASK } from "../netlink/constants.ts";
import { describeAck } from "../netlink/kernel-error.ts";
import type { ExplainedDatagram, ExplainedMessage } from "./explain.ts";
import { formatRemark, type Remarks } from "./remarks.ts";
import { plainStyle, type Style } from "./style.ts";
import { longValue } from "./value.ts";
import { walk } from "./walk.ts";

export interface TreeOptions {
  readonly style?: Style | undefined;
}

/**
 * A message as a tree, the byte offset in front of every field:
 *
 *     → RTM_NEWLINK, 44 bytes at 0
 *        4  nlmsgType: RTM_NEWLINK (16)
 *       32  ifname: "veth0"  IFLA_IFNAME 3
 */
export function formatTree(message: ExplainedMessage, { style = plainStyle }: TreeOptions = {}): string {
  const { answer, offset, length } = message;
  const arrow = message.direction === "sent" ? "→" : "←";
  const name = message.constant ?? `type ${message.type}`;
  const lines = [`${style("title", `${arrow} ${name}`)}${style("dim", `, ${length} bytes at ${offset}`)}`];
  const problems = new Map(message.problems.map(({ path, start, text }) => [`${path} ${start}`, text]));
  for (const { part, path, depth } of walk([...message.header, ...message.parts])) {
    const place = style("dim", String(part.start).padStart(6));
    const problem = problems.get(`${path} ${part.start}`);
    const remark = problem === undefined ? "" : `  ${style("problem", `! ${problem}`)}`;
    lines.push(`${place}  ${"  ".repeat(depth)}${field(part, style)}${remark}`);
  }
  const said = answer ? describeAck(answer.details).replace(/^[:;]? /, "") : "";
  if (said !== "") lines.push(`        ${style("problem", said)}`);
  const outside = message.problems.filter(({ path }) => path === undefined);
  lines.push(...remarkLines({ problems: outside, notes: message.notes }, style));
  return lines.join("\n");
}

/** The trees of a datagram's messages, and what stands outside of them. */
export function formatTrees(datagram: ExplainedDatagram, options: TreeOptions = {}): string {
  const trees = datagram.messages.map((message) => formatTree(message, options));
  return [...trees, ...remarkLines(datagram, options.style ?? plainStyle)].join("\n");
}

function field(part: Explained, style: Style): string {
  const value = part.children ? "" : ` ${style("value", longValue(part))}`;
  return `${style("name", `${part.name}:`)}${value}${attributeName(part, style)}`;
}

function attributeName({ constant, attributeType }: Explained, style: Style): string {
  if (attributeType === undefined) return "";
  const type = String(attributeType & NLA_TYPE_MASK);
  const words = constant === undefined || constant === `#${type}` ? [`type ${type}`] : [constant, type];
  if (attributeType & NLA_F_NESTED) words.push("NLA_F_NESTED");
  if (attributeType & NLA_F_NET_BYTEORDER) words.push("NLA_F_NET_BYTEORDER");
  return `  ${style("constant", words.join(" "))}`;
}

function remarkLines({ problems, notes }: Remarks, style: Style): string[] {
  return [
    ...problems.map((problem) => `        ${style("problem", `! ${formatRemark(problem)}`)}`),
    ...notes.map((note) => `        ${style("note", formatRemark(note))}`),
  ];
}
