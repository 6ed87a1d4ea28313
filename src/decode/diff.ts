/** Two captures, or two messages, field by field. */
import { align } from "./align.ts";
import { type DiffField, type FieldOptions, fieldsOf, ordersOf } from "./diff-fields.ts";
import type { Told, ToldMessage } from "./told.ts";

export type { DiffField } from "./diff-fields.ts";

export interface DiffOptions extends FieldOptions {}

/**
 * - `removed`, `added`: only the first, or the second, has it
 * - `changed`: another value
 * - `form`: the same value, other bytes: a flag of the attribute's type, a NUL, padding inside
 * - `order`: the same attributes, in another order
 */
export type DifferenceKind = "removed" | "added" | "changed" | "form" | "order";

export interface FieldDifference {
  readonly kind: DifferenceKind;
  /** `linkinfo.data.id`; of `order` the nest, and empty for the message itself. */
  readonly path: string;
  readonly a?: DiffField | undefined;
  readonly b?: DiffField | undefined;
}

/** A message, and the datagram it is in. */
export interface DiffMessage {
  readonly told: Told;
  readonly entry: ToldMessage;
}

/** Two messages that differ; of one that only one capture has, one is undefined and there are no fields. */
export interface MessageDifference {
  readonly a: DiffMessage | undefined;
  readonly b: DiffMessage | undefined;
  readonly fields: readonly FieldDifference[];
}

/**
 * Compares captures. Messages of one type and direction are paired in their order, equal ones first, so that one more
 * in the middle does not make all that follow differ.
 *
 * @returns the messages that differ, in the order of `a`; those that only `b` has stand behind what they follow there.
 */
export function diff(a: readonly Told[], b: readonly Told[], options: DiffOptions = {}): MessageDifference[] {
  const left = messagesOf(a, options);
  const right = messagesOf(b, options);
  const pairs = align(left, right);
  const found: MessageDifference[] = [];
  for (const [one, other] of pairs) {
    if (!one || !other) found.push({ a: one, b: other, fields: [] });
    else if (one.fingerprint !== other.fingerprint)
      found.push({ a: one, b: other, fields: fieldDifferences(one.fields, other.fields) });
  }
  return found;
}

interface Comparable extends DiffMessage {
  readonly key: string;
  readonly fields: ReadonlyMap<string, DiffField>;
  readonly fingerprint: string;
}

function messagesOf(all: readonly Told[], options: DiffOptions): Comparable[] {
  return all.flatMap((told) =>
    told.messages.map((entry) => {
      const { message } = entry;
      const fields = fieldsOf(told.captured.bytes, message, options);
      const words = [message.direction, message.constant ?? message.type, message.answer?.requestType];
      return {
        told,
        entry,
        key: words.join(" "),
        fields,
        fingerprint: [...fields.values()].map(({ path, raw }) => `${path}=${raw}`).join(" "),
      };
    }),
  );
}

type Fields = ReadonlyMap<string, DiffField>;

/** What two messages do not share. */
export function fieldDifferences(a: Fields, b: Fields): FieldDifference[] {
  const found: FieldDifference[] = [];
  for (const [path, one] of a) {
    const other = b.get(path);
    if (!other) found.push({ kind: "removed", path, a: one });
    else if (one.raw !== other.raw)
      found.push({ kind: one.text === other.text ? "form" : "changed", path, a: one, b: other });
  }
  for (const [path, other] of b) if (!a.has(path)) found.push({ kind: "added", path, b: other });
  const orders = ordersOf(b);
  for (const [path, order] of ordersOf(a)) {
    const shared = (names: readonly string[], fields: Fields) => names.filter((name) => fields.has(name));
    const one = shared(order, b);
    const other = shared(orders.get(path) ?? [], a);
    if (one.join() === other.join()) continue;
    found.push({ kind: "order", path, a: inOrder(path, one, a), b: inOrder(path, other, b) });
  }
  return found;
}

/** The names of a nest's attributes, as they follow one another. */
function inOrder(path: string, names: readonly string[], fields: Fields): DiffField {
  const first = fields.get(names[0]!)!;
  const text = names.map((name) => name.slice(path === "" ? 0 : path.length + 1)).join(", ");
  return { ...first, path, text, constant: undefined };
}
