import { Input } from "./codec/input.ts";
import type { Message } from "./codec/message.ts";
import { NLMSG_HDRLEN } from "./constants.ts";

/** The datagrams of a dump, and where in them each object's payload is. */
export class RawList<T> {
  readonly #message: Message<T>;
  #inputs: Input[] = [];
  #last: Input | undefined;
  /** Number of the datagram, and where the payload starts in it. */
  #places = new Uint32Array(2048);
  #count = 0;

  constructor(message: Message<T>) {
    this.#message = message;
  }

  get length(): number {
    return this.#count;
  }

  /** Takes an object; its datagram is copied when its first one comes. */
  add(input: Input, at: number): void {
    if (input !== this.#last) {
      this.#last = input;
      this.#inputs.push(new Input(input.bytes.slice(), { byteOrder: input.little ? "little" : "big" }));
    }
    const place = this.#count * 2;
    if (place === this.#places.length) {
      const places = new Uint32Array(place * 2);
      places.set(this.#places);
      this.#places = places;
    }
    this.#places[place] = this.#inputs.length - 1;
    this.#places[place + 1] = at;
    this.#count++;
  }

  decode(index: number): T {
    const input = this.#inputs[this.#places[index * 2]!]!;
    const at = this.#places[index * 2 + 1]!;
    const length = input.view.getUint32(at - NLMSG_HDRLEN, input.little) - NLMSG_HDRLEN;
    return this.#message.decode(input, at, length);
  }

  release(): void {
    this.#inputs = [];
    this.#last = undefined;
    this.#places = new Uint32Array(0);
  }
}

const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * An array whose objects are decoded when they are first looked at: the table of a router is kept in a third of the
 * memory, and what is not read costs nothing.
 *
 * It is used as any array. An object that was looked at stays the same object; iterating and indexing decode one
 * object at a time, everything else all of them, after which the bytes are let go of. `structuredClone` takes no such
 * array: copy it first (`[...list]`).
 */
export function lazyList<T>(raw: RawList<T>): T[] {
  const length = raw.length;
  const target: T[] = new Array(length);
  const at = (index: number): T => {
    const known = target[index];
    if (known !== undefined) return known;
    const value = raw.decode(index);
    target[index] = value;
    return value;
  };
  const handler: ProxyHandler<T[]> = {};
  const all = (): void => {
    if (!handler.get) return;
    for (let index = 0; index < length; index++) at(index);
    raw.release();
    // From here on it is an ordinary array behind the proxy.
    for (const trap of Object.keys(handler)) delete handler[trap as keyof typeof handler];
  };
  function* iterate(): Generator<T, void> {
    for (let index = 0; index < target.length; index++) yield handler.get ? at(index) : target[index]!;
  }
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
  for (const trap of [
    "set",
    "has",
    "deleteProperty",
    "ownKeys",
    "getOwnPropertyDescriptor",
    "defineProperty",
    "preventExtensions",
    "isExtensible",
    "setPrototypeOf",
  ] as const) {
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
