/** A message as fields that can be compared. */
import type { Explained } from "../netlink/codec/shape.ts";
import { NLA_F_NESTED, NLA_F_NET_BYTEORDER } from "../netlink/constants.ts";
import type { ExplainedMessage } from "./explain.ts";
import { hexOf, longValue } from "./value.ts";
import { walk } from "./walk.ts";

export interface FieldOptions {
  /**
   * Fields to leave out, with all that is in them: paths (`linkinfo.data.id`), names (`cacheinfo`), constants
   * (`IFLA_STATS64`), each with `*`. Sequence numbers, port ids and lengths always are.
   */
  readonly ignore?: readonly string[] | undefined;
  /** The same as a function. */
  readonly isIgnored?: ((part: Explained, path: string) => boolean) | undefined;
}

export interface DiffField {
  /** `linkinfo.data.id`; the second attribute of one name is `mtu#2`. */
  readonly path: string;
  /** For people; empty for a nest. */
  readonly text: string;
  readonly constant: string | undefined;
  /** NLA_F_NESTED, NLA_F_NET_BYTEORDER */
  readonly flags: readonly string[];
  /** What must be equal: type and bytes, of a nest the type. */
  readonly raw: string;
  /** Bytes in the datagram, with the attribute's header. */
  readonly start: number;
  readonly end: number;
  readonly isAttribute: boolean;
}

/** What identifies a message, and what follows from the rest. */
const ALWAYS = ["nlmsgSeq", "nlmsgPid", "nlmsgLen"];

/** @param bytes - the datagram that the message is in. */
export function fieldsOf(
  bytes: Uint8Array,
  message: ExplainedMessage,
  { ignore = [], isIgnored = () => false }: FieldOptions,
): Map<string, DiffField> {
  const shapes = [...ALWAYS, ...ignore].map(pattern);
  const fields = new Map<string, DiffField>();
  const counts = new Map<string, number>();
  let ignored: string | undefined;
  for (const { part, path } of walk([...message.header, ...message.parts])) {
    if (ignored !== undefined && isInside(path, ignored)) continue;
    ignored = undefined;
    const { name, constant, attributeType, children, valueStart, start, end } = part;
    const words = [path, name.replace(/\[\d+\]$/, ""), constant ?? ""];
    if (isIgnored(part, path) || shapes.some((shape) => words.some((word) => shape.test(word)))) {
      ignored = path;
      continue;
    }
    // Structs and lists say nothing by themselves.
    if (children && attributeType === undefined) continue;
    const raw = `${attributeType ?? ""}:${children ? "" : hexOf(bytes.subarray(valueStart, end))}`;
    const text = children ? "" : longValue(part);
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    const free = count === 1 ? path : `${path}#${count}`;
    const isAttribute = attributeType !== undefined;
    fields.set(free, { path: free, text, constant, flags: flagsOf(part), raw, start, end, isAttribute });
  }
  return fields;
}

/** The attributes of each nest, as they follow one another. */
export function ordersOf(fields: ReadonlyMap<string, DiffField>): Map<string, string[]> {
  const orders = new Map<string, string[]>();
  for (const { path, isAttribute } of fields.values()) {
    if (!isAttribute) continue;
    const dot = path.lastIndexOf(".");
    // `unknown.77` is one name.
    const parent = path.slice(
      0,
      Math.max(0, path.slice(0, dot).endsWith("unknown") ? path.lastIndexOf(".", dot - 1) : dot),
    );
    const order = orders.get(parent);
    if (order) order.push(path);
    else orders.set(parent, [path]);
  }
  return orders;
}

const isInside = (path: string, outer: string): boolean =>
  path.startsWith(`${outer}.`) || path.startsWith(`${outer}[`);

function pattern(word: string): RegExp {
  return new RegExp(`^${word.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replace(/\*+/g, ".*")}$`);
}

function flagsOf({ attributeType = 0 }: Explained): string[] {
  const flags: string[] = [];
  if (attributeType & NLA_F_NESTED) flags.push("NLA_F_NESTED");
  if (attributeType & NLA_F_NET_BYTEORDER) flags.push("NLA_F_NET_BYTEORDER");
  return flags;
}
