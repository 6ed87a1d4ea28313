import type { Message } from "./message.ts";
import type { Scope, Shape } from "./shape.ts";

/** A shape that is declared later: schemas may contain themselves. */
export function lazy<T>(type: string, shape: () => Shape<T>, nested = false): Shape<T> {
  return {
    type,
    nested,
    accepts: (length) => shape().accepts(length),
    decode: (input, at, length, scope) => shape().decode(input, at, length, scope),
    encode: (output, value, scope) => shape().encode(output, value, scope),
    explain: (input, at, length, scope) => shape().explain?.(input, at, length, scope) ?? [],
    attributeSet: (scope: Scope | undefined) => shape().attributeSet?.(scope),
  };
}

/** A whole message, header and attributes, as the payload of an attribute: the peer of a veth pair. */
export function payloadOf<T>(message: Message<T>): Shape<Partial<T>> {
  return {
    type: `message ${message.name}`,
    nested: true,
    accepts: (length) => length >= message.header.size,
    decode: (input, at, length) => message.decode(input, at, length),
    encode: (output, value) => message.encode(output, value),
    explain: (input, at, length) => message.explain(input, at, length),
    attributeSet: () => message.attributes,
  };
}
