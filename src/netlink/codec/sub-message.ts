import { InputError } from "../errors.ts";
import { bytes } from "./bytes.ts";
import type { Infer, Scope, Shape } from "./shape.ts";
import { lookUp } from "./shape.ts";

// biome-ignore lint/suspicious/noExplicitAny: any value type is a format
export type Formats = Readonly<Record<string, Shape<any>>>;

/** A payload whose shape another attribute, or a header field, chooses (`sub-message` in the kernel's specs). */
export interface SubMessage<T> extends Shape<T> {
  readonly selector: string;
  readonly formats: Formats;
  readonly otherwise: Shape<unknown>;
}

/**
 * Declares a payload chosen by the value of `selector`.
 *
 * @param selector - a field of the same set, of an enclosing one, or of the message's header.
 * @param formats - shapes by the selector's value.
 * @param otherwise - the shape for every other value: opaque bytes.
 */
export function subMessage<const F extends Formats, O = Uint8Array>(
  selector: string,
  formats: F,
  otherwise: Shape<O> = bytes as unknown as Shape<O>,
): SubMessage<Infer<F[keyof F]> | O> {
  type T = Infer<F[keyof F]> | O;
  const choose = (scope: Scope | undefined): Shape<T> => {
    const key = lookUp(scope, selector);
    const chosen = typeof key === "string" || typeof key === "number" ? formats[key] : undefined;
    return (chosen && Object.hasOwn(formats, key as string) ? chosen : otherwise) as Shape<T>;
  };
  return {
    type: "sub-message",
    selector,
    formats,
    otherwise: otherwise as Shape<unknown>,
    selective: { selector, formats, otherwise: otherwise as Shape<unknown> },
    acceptsAll: true,
    nested: otherwise.nested ?? Object.values(formats).some((shape) => shape.nested),
    accepts: () => true,
    attributeSet: (scope) => choose(scope).attributeSet?.(scope),
    decode(input, at, length, scope) {
      const shape = choose(scope);
      return shape.accepts(length)
        ? shape.decode(input, at, length, scope)
        : (bytes.decode(input, at, length, scope) as T);
    },
    encode(output, value, scope) {
      // What was decoded as opaque bytes goes back as such, whatever is known of the selector.
      if (value instanceof Uint8Array) return output.append(value);
      const shape = choose(scope);
      if ((shape as unknown) === bytes) {
        const known = Object.keys(formats).join(", ");
        const why = known ? ` because ${selector} is none of ${known}` : "";
        throw new InputError("", `a Uint8Array${why}`, value);
      }
      shape.encode(output, value, scope);
    },
    explain(input, at, length, scope) {
      const shape = choose(scope);
      return shape.accepts(length) ? shape.explain?.(input, at, length, scope) : undefined;
    },
  };
}

/**
 * The union that a selector and its payload make: `{ kind: "vlan", data?: Vlan } | { kind: "vxlan", data?: Vxlan } |
 * …`. A selector without a format goes with opaque bytes.
 *
 * `string` and not `string & {}`, which would tell completion the names: it would keep the union from being narrowed.
 */
export type Selected<Selector extends string, Payload extends string, F extends Formats> =
  | { [K in keyof F & string]: { [S in Selector]: K } & { [P in Payload]?: Infer<F[K]> } }[keyof F & string]
  | ({ [S in Selector]?: string } & { [P in Payload]?: Uint8Array });
