import { InputError } from "../errors.ts";
import { plainRuns } from "./compile-run.ts";
import type { Message } from "./message.ts";
import { isRecord } from "./record.ts";
import type { Shape } from "./shape.ts";

/** Where the number stands that chooses, in bytes and in a value. */
export interface MessageSelector {
  /** Bytes from the start of the payload. */
  readonly offset: number;
  readonly shape: Shape<unknown>;
  /** The same in a value to send. */
  of(value: Record<string, unknown>): unknown;
}

// biome-ignore lint/suspicious/noExplicitAny: any message is a format
type MessageFormats = Readonly<Record<string, Message<any>>>;

/** A message whose header, too, something in the header chooses. */
export interface MessageBy<T> extends Message<T> {
  readonly formats: Readonly<Record<string, Message<unknown>>>;
  readonly otherwise: Message<unknown>;
}

/**
 * Declares a message of which a field of its header, the family of the socket that it asks for, chooses the rest.
 *
 * @param formats - messages by the field's value.
 * @param otherwise - for every other value, and where the field is missing.
 */
export function messageBy<T>(
  name: string,
  selector: MessageSelector,
  formats: MessageFormats,
  otherwise: MessageFormats[string],
): MessageBy<T> {
  const known = new Map<string, Message<T>>(Object.entries(formats));
  const rest: Message<T> = otherwise;
  const { offset, shape } = selector;
  const size = shape.size!;
  const choose: NonNullable<Message<T>["choose"]> = (input, at, length) => {
    if (length < offset + size) return rest;
    return known.get(String(shape.decode(input, at + offset, size, undefined))) ?? rest;
  };
  const decode: Message<T>["decode"] = (input, at, length, outer) =>
    choose(input, at, length).decode(input, at, length, outer);
  return {
    name,
    header: rest.header,
    attributes: rest.attributes,
    formats,
    otherwise,
    choose,
    compiled: (little) => rest.compiled(little),
    decode,
    decodeRun: plainRuns(decode),
    interpret: (input, at, length, outer) => choose(input, at, length).interpret(input, at, length, outer),
    encode(output, value, outer) {
      if (!isRecord(value)) throw new InputError("", `an object with ${name}`, value);
      (known.get(String(selector.of(value))) ?? rest).encode(output, value as Partial<T>, outer);
    },
    explain: (input, at, length, outer) => choose(input, at, length).explain(input, at, length, outer),
  };
}
