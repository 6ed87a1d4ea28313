import { DecodeError, InputError } from "../errors.ts";
import type { AttributeSet } from "./attributes.ts";
import { align4, type ByteOrder, perOrder } from "./byte-order.ts";
import { canCompile, UNUSUAL } from "./compile.ts";
import { SetEncoder } from "./compile-encode.ts";
import { type DecodeRun, decodeRuns, plainRuns } from "./compile-run.ts";
import { decodeSelected, SetDecoder } from "./compile-set.ts";
import { applyVariant, findVariant, noteVariant, variantOf } from "./forms.ts";
import { type DecodeOptions, Input } from "./input.ts";
import { Output } from "./output.ts";
import { isRecord } from "./record.ts";
import { apart, type Explained, type Scope } from "./shape.ts";
import { encodeFields, explainStruct, type StructShape } from "./struct.ts";

/**
 * A message of a family: a fixed header and attributes behind it, as one flat object.
 *
 * Header fields keep their C prefix (`ifiIndex`, `rtmDstLen`), which keeps them apart from attributes.
 */
export interface Message<T> {
  readonly name: string;
  readonly header: StructShape<unknown>;
  readonly attributes: AttributeSet<unknown>;
  /**
   * Decodes a payload. A header cut short by an old program (`struct rtgenmsg`) gives the fields it holds.
   *
   * @param outer - where the message is itself inside an attribute, which counts how deep.
   */
  decode(input: Input, at: number, length: number, outer?: Scope): T;
  /** The same from the schema as it stands: what the compiled decoders are measured against. */
  interpret(input: Input, at: number, length: number, outer?: Scope): T;
  /** The compiled decoder for a byte order. */
  compiled(little: boolean): SetDecoder;
  /** Decodes messages of a datagram that follow one another. */
  readonly decodeRun: DecodeRun;
  /** Appends the payload; header fields that are undefined are zero. */
  encode(output: Output, value: Partial<T>, outer?: Scope): void;
  explain(input: Input, at: number, length: number, outer?: Scope): Explained[];
  /** Which message these bytes are, where several share a type. */
  choose?(input: Input, at: number, length: number): Message<T>;
}

type Flat<H, A> = { [K in keyof (H & A)]: (H & A)[K] };

/** Declares a message. */
export function message<H, A>(
  name: string,
  header: StructShape<H>,
  attributes: AttributeSet<A>,
): Message<Flat<Omit<H, "trailing">, A>> {
  type T = Flat<Omit<H, "trailing">, A>;
  const skip = new Set(header.fields.map((field) => field.name));
  for (const field of skip) {
    if (Object.hasOwn(attributes.attributes, field))
      throw new TypeError(`${name}: ${field} is a header field and an attribute`);
  }
  const headerLength = align4(header.size);
  const untyped = attributes as AttributeSet<unknown>;
  function encodePlainly(output: Output, value: Record<string, unknown>, outer: Scope | undefined): void {
    const start = output.take(header.size);
    encodeFields(output, header.fields, start, value);
    output.take(headerLength - header.size);
    attributes.encodeFrom(output, value, outer, skip);
    applyVariant(output, start, variantOf(value));
  }

  const encoders = perOrder(
    (little) => new SetEncoder(untyped, little, encodePlainly, header as StructShape<unknown>),
  );
  function encode(output: Output, value: unknown, outer: Scope | undefined): void {
    if (!isRecord(value)) throw new InputError("", `an object with ${name}`, value);
    encoders(output.little).encode(output, value, apart(outer));
  }

  function interpret(input: Input, at: number, length: number, outer?: Scope): T {
    const value: Record<string, unknown> = {};
    header.decodeInto(value, input, at, length);
    if (length >= headerLength)
      attributes.decodeInto(value, input, at + headerLength, at + length, apart(outer));
    if (input.exact)
      noteVariant(
        value,
        findVariant(input, at, length, (output) => encode(output, value, outer)),
      );
    return value as T;
  }

  const compiled = perOrder((little) => new SetDecoder(untyped, little, header as StructShape<unknown>));

  function decode(input: Input, at: number, length: number, outer?: Scope): T {
    // A message inside another's attribute: how deep it is counts.
    const usual = length >= headerLength && outer === undefined && !input.exact && canCompile();
    if (!usual) return interpret(input, at, length, outer);
    try {
      return compiled(input.little).decode(input, at, length, undefined) as T;
    } catch (error) {
      if (error !== UNUSUAL && !(error instanceof DecodeError)) throw error;
      return interpret(input, at, length, outer);
    }
  }

  const runs = perOrder((little) => {
    const parts = { set: untyped, header: header as StructShape<unknown>, little, decode, decodeSelected };
    return decodeRuns(parts, compiled(little));
  });

  return {
    name,
    header: header as StructShape<unknown>,
    attributes: untyped,
    decode,
    interpret,
    compiled,
    decodeRun: (input, offset, end, head, sequence, list) =>
      runs(input.little)(input, offset, end, head, sequence, list),
    encode,
    explain(input, at, length, outer) {
      const head = Math.min(length, header.size);
      const values: Record<string, unknown> = {};
      header.decodeInto(values, input, at, head);
      const parts = explainStruct(header.fields, input, at, head, header.size);
      if (length >= headerLength) {
        parts.push(...attributes.explainRange(input, at + headerLength, at + length, values, apart(outer)));
      }
      return parts;
    },
  };
}

/** The same message with a decoder that no schema tells. */
export function decodedBy<T>(message: Message<unknown>, decode: Message<T>["decode"]): Message<T> {
  return { ...(message as Message<T>), decode, interpret: decode, decodeRun: plainRuns(decode) };
}

/** The same message for those who want its header alone: what is behind it is not decoded. */
export function headerOf<H>(whole: Message<unknown>, header: StructShape<H>): Message<H> {
  return decodedBy(whole, (input, at, length) => {
    const value: Record<string, unknown> = {};
    header.decodeInto(value, input, at, length);
    return value as H;
  });
}

/** Encodes one payload on its own. */
export function encodePayload<T>(shape: Message<T>, value: Partial<T>, byteOrder?: ByteOrder): Uint8Array {
  const output = new Output(byteOrder);
  shape.encode(output, value);
  return output.finish();
}

/** Decodes one payload on its own. */
export function decodePayload<T>(shape: Message<T>, bytes: Uint8Array, options?: DecodeOptions): T {
  return shape.decode(new Input(bytes, options), 0, bytes.length);
}

/** A set's value from the payload of an attribute. */
export function decodeAttributes<T>(
  set: AttributeSet<T>,
  input: Input,
  at: number,
  length: number,
  outer?: Scope,
): T {
  if (at + length > input.bytes.length) throw new DecodeError("attributes end behind the datagram", at);
  return set.decode(input, at, length, outer);
}
