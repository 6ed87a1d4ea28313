/** What compiled decoders know of the values around the one being decoded. */
import type { AttributeSet } from "./attributes.ts";
import { UNUSUAL } from "./compile.ts";
import type { LazyShape } from "./lazy.ts";
import type { Scope, Shape } from "./shape.ts";

/** The scope of a set whose attributes are decoded one after the other. */
export class FastScope implements Scope {
  readonly values: Readonly<Record<string, unknown>>;
  readonly outer: Scope | undefined;
  readonly depth: number;
  readonly #set: AttributeSet<unknown>;

  constructor(set: AttributeSet<unknown>, values: Record<string, unknown>, outer: Scope | undefined) {
    this.values = values;
    this.outer = outer;
    this.depth = (outer === undefined ? 0 : outer.depth) + 1;
    this.#set = set;
  }

  /** What is not there yet may come later: only the interpreter looks ahead. */
  peek(name: string): unknown {
    if (!Object.hasOwn(this.#set.attributes, name)) return undefined;
    const value = this.values[name];
    if (value === undefined) throw UNUSUAL;
    return value;
  }
}

/** Whether something in the shape looks outwards, or counts how deep it is, so that it needs a scope. */
export function needsScope(shape: Shape<unknown>): boolean {
  return [...inside(shape)].some(({ selector, recursive }) => selector !== undefined || recursive);
}

/** The fields that something in the shape may look for around it. */
export function selectorsOf(shape: Shape<unknown>): Set<string> {
  return new Set([...inside(shape)].flatMap(({ selector }) => selector ?? []));
}

/** The shape and what it is made of, each once; messages inside of it look for nothing outside. */
function inside(shape: Shape<unknown>, seen = new Set<Shape<unknown>>()): Set<Shape<unknown>> {
  if (seen.has(shape)) return seen;
  seen.add(shape);
  const { of, selective } = shape;
  const { attributes } = shape as Partial<AttributeSet<unknown>>;
  const { resolve } = shape as Partial<LazyShape<unknown>>;
  if (of) inside(of, seen);
  if (resolve) inside(resolve(), seen);
  for (const format of selective ? [...Object.values(selective.formats), selective.otherwise] : [])
    inside(format, seen);
  for (const attribute of Object.values(attributes ?? {})) inside(attribute.shape, seen);
  return seen;
}
