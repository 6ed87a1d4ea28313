import type { Message } from "./message.ts";
import type { Scope, Shape } from "./shape.ts";

/** A shape that is declared later. */
export interface LazyShape<T> extends Shape<T> {
  resolve(): Shape<T>;
}

/** A shape that is declared later: schemas may contain themselves. */
export function lazy<T>(type: string, shape: () => Shape<T>, nested = false): LazyShape<T> {
  return {
    type,
    nested,
    recursive: true,
    resolve: shape,
    accepts: (length) => shape().accepts(length),
    decode: (input, at, length, scope) => shape().decode(input, at, length, scope),
    encode: (output, value, scope) => shape().encode(output, value, scope),
    text: (value) => shape().text?.(value),
    explain: (input, at, length, scope) => shape().explain?.(input, at, length, scope),
    attributeSet: (scope: Scope | undefined) => shape().attributeSet?.(scope),
  };
}

/** A message as the payload of an attribute. */
export interface PayloadShape<T> extends Shape<Partial<T>> {
  readonly message: Message<T>;
}

/** A whole message, header and attributes, as the payload of an attribute: the peer of a veth pair. */
export function payloadOf<T>(message: Message<T>): PayloadShape<T> {
  return {
    message,
    type: `message ${message.name}`,
    nested: true,
    accepts: (length) => length >= message.header.size,
    decode: (input, at, length, scope) => message.decode(input, at, length, scope),
    encode: (output, value, scope) => message.encode(output, value, scope),
    explain: (input, at, length, scope) => message.explain(input, at, length, scope),
    attributeSet: () => message.attributes,
  };
}
