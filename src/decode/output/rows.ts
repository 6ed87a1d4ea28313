/** The fields of a message as rows of a table. */
import type { ByteOrder } from "../../netlink/codec/byte-order.ts";
import type { Explained } from "../../netlink/codec/shape.ts";
import { NLA_F_NESTED, NLA_F_NET_BYTEORDER, NLA_TYPE_MASK } from "../../netlink/constants.ts";
import type { ExplainedMessage } from "../explain.ts";
import { guess } from "../guess.ts";
import type { InterfaceNameOf } from "../interface-index.ts";
import { meaningOf } from "../meaning.ts";
import type { ToldMessage } from "../told.ts";
import { longValue, shortValue } from "../value.ts";

/** One field, or one header of fields. */
export interface Row {
  /** Bytes in the datagram: what the row is about, without fields that have rows of their own. */
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
  readonly depth: number;
  readonly name: string;
  readonly value: string;
  readonly constant: string;
  readonly problem: string | undefined;
}

/** Characters of a row of numbers. */
const WIDTH = 64;

export interface RowOptions {
  readonly byteOrder: ByteOrder;
  /** Where the request stands that an error repeats: its fields then need not be repeated. */
  readonly copyOf?: string | undefined;
}

/** The rows of a message, in the order of its bytes. */
export function rowsOf(
  { message, problems }: ToldMessage,
  names: InterfaceNameOf,
  { byteOrder, copyOf }: RowOptions,
): Row[] {
  const texts = new Map(problems.map(({ path, start, text }) => [`${path} ${start}`, text]));
  const rows: Row[] = [];
  const add = (parts: readonly Explained[], prefix: string, depth: number): void => {
    for (const part of parts) {
      const path = prefix === "" || part.name.startsWith("[") ? prefix + part.name : `${prefix}.${part.name}`;
      const isCopy = copyOf !== undefined && path === "request";
      const all = part.children ?? [];
      const children = isCopy ? all.filter(({ name }) => name.startsWith("nlmsg")) : all;
      rows.push({
        start: part.start,
        valueStart: part.valueStart,
        end: children[0]?.start ?? part.end,
        depth,
        name: part.name,
        value: isCopy ? copyOf : textOf(part, path, parts, message, names) + perhaps(part, byteOrder),
        constant: attributeName(part),
        problem: texts.get(`${path} ${part.start}`),
      });
      if (isList(children)) rows.push(...listRows(children, depth + 1));
      else add(children, path, depth + 1);
    }
  };
  add([...message.header, ...message.parts], "", 0);
  return rows;
}

function textOf(
  part: Explained,
  path: string,
  siblings: readonly Explained[],
  message: ExplainedMessage,
  names: InterfaceNameOf,
): string {
  if (part.children) return part.unit === undefined ? "" : `in ${part.unit}`;
  // The number of ARPHRD_NETROM, but nobody asks for that.
  const isAsked = message.direction === "sent" || path.startsWith("request.");
  if (part.name === "ifiType" && part.number === 0 && isAsked) return "0";
  const constant = path.startsWith("request.") ? message.answer?.requestType : message.constant;
  const meaning = meaningOf(part, siblings, typeof constant === "string" ? constant : "", names);
  return meaning === undefined ? longValue(part) : `${longValue(part)} (${meaning})`;
}

/** Of an attribute that has a number and no name, what its bytes look like. */
function perhaps({ name, value }: Explained, byteOrder: ByteOrder): string {
  const reading = name.startsWith("#") && value instanceof Uint8Array ? guess(value, byteOrder) : undefined;
  return reading === undefined ? "" : `, perhaps ${reading}`;
}

const isList = (parts: readonly Explained[]): boolean =>
  parts.length > 1 &&
  parts.every(
    ({ name, children, attributeType }) => name.startsWith("[") && !children && attributeType === undefined,
  );

/** What the kernel calls an element, without the words that are before all of them: `DEVCONF_HOPLIMIT` is `HOPLIMIT`. */
function elementNames(elements: readonly Explained[]): (string | undefined)[] {
  const [first = "", ...others] = elements.flatMap(({ constant }) => constant ?? []);
  let prefix = first.slice(0, first.lastIndexOf("_") + 1);
  while (!others.every((constant) => constant.startsWith(prefix)))
    prefix = prefix.slice(0, prefix.lastIndexOf("_", prefix.length - 2) + 1);
  return elements.map(({ constant }) => constant?.slice(prefix.length));
}

/** Elements of an array that have no parts: as many in a row as it takes. */
function listRows(elements: readonly Explained[], depth: number): Row[] {
  const rows: Row[] = [];
  const names = elementNames(elements);
  const text = (index: number): string => {
    const name = names[index];
    const value = shortValue(elements[index]!);
    return name === undefined ? value : `${name} ${value}`;
  };
  for (let first = 0; first < elements.length; ) {
    let last = first;
    let value = text(first);
    while (last + 1 < elements.length) {
      const longer = `${value}, ${text(last + 1)}`;
      if (longer.length > WIDTH) break;
      value = longer;
      last++;
    }
    const { start, valueStart } = elements[first]!;
    const name = last === first ? `[${first}]` : `[${first}–${last}]`;
    const { end } = elements[last]!;
    rows.push({ start, valueStart, end, depth, name, value, constant: "", problem: undefined });
    first = last + 1;
  }
  return rows;
}

/** `IFLA_IFNAME (3)`, `type 77 NLA_F_NET_BYTEORDER` */
function attributeName({ constant, attributeType }: Explained): string {
  if (attributeType === undefined) return "";
  const type = attributeType & NLA_TYPE_MASK;
  const words = [
    constant === undefined || constant === `#${type}` ? `type ${type}` : `${constant} (${type})`,
  ];
  if (attributeType & NLA_F_NESTED) words.push("NLA_F_NESTED");
  if (attributeType & NLA_F_NET_BYTEORDER) words.push("NLA_F_NET_BYTEORDER");
  return words.join(" ");
}
