import { Copies } from "./codec/copies.ts";
import type { Input } from "./codec/input.ts";
import type { Message } from "./codec/message.ts";
import { TRAPS, type Viewer, viewer } from "./codec/view.ts";
import { allocate } from "./socket/memory.ts";

/** Datagrams are kept in pieces of memory of this size, more than any datagram has. */
const PIECE = 1 << 23;
/** Messages start at multiples of four: so many bits tell where in a piece. */
const PLACE_BITS = 21;

/** The bytes of a dump, and where in them each object's payload is. */
export class RawList<T> {
  readonly #view: Viewer<T>;
  readonly #copies = new Copies(PIECE, allocate);
  #inputs: Input[] = [];
  /** The datagram that came last, and where its copy is. */
  #last: Input | undefined;
  #lastAt = 0;
  /** Where each payload starts: the number of the piece, and the place in it. */
  #places = new Uint32Array(1024);
  #count = 0;

  constructor(message: Message<T>) {
    this.#view = viewer(message);
  }

  get length(): number {
    return this.#count;
  }

  /** Takes an object; its datagram is copied when its first one comes. */
  add(input: Input, at: number): void {
    if (input !== this.#last) {
      const copy = this.#copies.copy(input);
      if (copy.input !== this.#inputs.at(-1)) this.#inputs.push(copy.input);
      this.#last = input;
      this.#lastAt = copy.at;
    }
    if (this.#count === this.#places.length) this.#grow();
    this.#places[this.#count] = ((this.#inputs.length - 1) << PLACE_BITS) + ((this.#lastAt + at) >> 2);
    this.#count++;
  }

  #grow(): void {
    const places = this.#places;
    const { buffer, byteOffset } = allocate(places.byteLength * 2);
    this.#places = new Uint32Array(buffer, byteOffset, places.length * 2);
    this.#places.set(places);
  }

  /** The object, decoded when it is looked at. */
  object(index: number): T {
    const place = this.#places[index]!;
    const input = this.#inputs[place >>> PLACE_BITS]!;
    const at = (place & ((1 << PLACE_BITS) - 1)) << 2;
    return this.#view(input, at);
  }

  release(): void {
    this.#inputs = [];
    this.#last = undefined;
    this.#places = new Uint32Array(0);
  }
}

const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * An array whose objects are made when they are first looked at, and decoded as far as they are ({@link viewer}): the
 * table of a router is kept in a third of the memory, and what is not read costs nothing.
 *
 * It is used as any array. An object that was looked at stays the same object; iterating and indexing make one object at
 * a time, everything else all of them. `structuredClone` takes neither such an array nor its objects: copy them first
 * (`list.map((route) => ({ ...route }))`).
 */
export function lazyList<T>(raw: RawList<T>): T[] {
  const length = raw.length;
  const target: T[] = [];
  /** Those that were looked at; there is no array before one was. */
  let objects: T[] | undefined;
  const at = (index: number): T => {
    objects ??= new Array(length);
    const known = objects[index];
    if (known !== undefined) return known;
    const value = raw.object(index);
    objects[index] = value;
    return value;
  };
  const handler: ProxyHandler<T[]> = {};
  const all = (): void => {
    if (!handler.get) return;
    for (let index = 0; index < length; index++) target.push(at(index));
    objects = undefined;
    raw.release();
    // From here on it is an ordinary array behind the proxy.
    for (const trap of Object.keys(handler)) delete handler[trap as keyof typeof handler];
  };
  // A generator takes twice the time.
  const iterate = (): IterableIterator<T, undefined> => {
    let index = 0;
    return {
      next(): IteratorResult<T, undefined> {
        if (index >= (handler.get ? length : target.length)) return { done: true, value: undefined };
        const place = index++;
        return { done: false, value: handler.get ? at(place) : target[place]! };
      },
      [Symbol.iterator]() {
        return this;
      },
    };
  };
  handler.get = (_target, key, receiver) => {
    if (typeof key === "string") {
      const index = Number(key);
      if (index >= 0 && index < length) return at(index);
      if (key === "length") return length;
    }
    if (key === Symbol.iterator) return iterate;
    // Not for "then", which every await looks up, nor for what asks for the sort of object.
    if (key !== "constructor" && key in Array.prototype && typeof key === "string") all();
    return Reflect.get(target, key, receiver);
  };
  for (const trap of TRAPS) {
    handler[trap] = ((...args: unknown[]) => {
      all();
      return (Reflect[trap] as (...args: unknown[]) => unknown)(...args);
    }) as never;
  }
  const proxy = new Proxy(target, handler);
  // console.log looks at a proxy's target.
  Object.defineProperty(target, inspect, {
    enumerable: false,
    configurable: true,
    value: () => {
      all();
      return [...target];
    },
  });
  return proxy;
}
