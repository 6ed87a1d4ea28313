/**
 * Objects that are decoded when they are looked at: a program that reads two fields of a message pays for two.
 *
 * A view is a proxy around an empty object. Fields that are numbers or text are read from the bytes each time; anything
 * else, a field that is an object, writing, listing the fields, decodes the message into the object, which is then an
 * ordinary one. So it is printed, compared, spread and serialised as the object that `decode` gives.
 */
import { NLA_TYPE_MASK, NLMSG_HDRLEN } from "../constants.ts";
import { DecodeError } from "../errors.ts";
import type { Attribute } from "./attributes.ts";
import { align4, perOrder } from "./byte-order.ts";
import { acceptance, Code, canCompile, expression, identifier, UNUSUAL } from "./compile.ts";
import type { Input } from "./input.ts";
import type { Message } from "./message.ts";
import type { Scope } from "./shape.ts";
import type { StructField } from "./struct.ts";

/** Gives the object of the payload at `at`, behind its message's header; the bytes must not change from then on. */
export type Viewer<T> = (input: Input, at: number) => T;

function lengthOf({ view, little }: Input, at: number): number {
  return view.getUint32(at - NLMSG_HDRLEN, little) - NLMSG_HDRLEN;
}

/** A field's value; WHOLE where only decoding the message tells it. */
type Reader = (input: Input, at: number, places: Places, end: number) => unknown;
type Readers = ReadonlyMap<PropertyKey, Reader>;

const WHOLE = Symbol("whole");

/** Has what every object has. */
const PLAIN = Object.freeze({});

const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * What the proxy is around: it gets the fields and lets go of the bytes when the message is decoded. Of a large table that
 * is looked at there are as many of these as of proxies, so they are small.
 */
class Bytes {
  #input: Input | undefined;
  readonly #at: number;

  constructor(input: Input, at: number) {
    this.#input = input;
    this.#at = at;
  }

  static handler<T>(message: Message<T>, little: boolean): ProxyHandler<Bytes> {
    const readers = readersOf(message as Message<unknown>, little);
    const places = new Places(message as Message<unknown>);
    const whole = (target: Bytes): Bytes => {
      const input = target.#input;
      if (!input) return target;
      const value = message.decode(input, target.#at, lengthOf(input, target.#at));
      target.#input = undefined;
      Object.setPrototypeOf(target, Object.prototype);
      return Object.assign(target, value);
    };
    const handler: ProxyHandler<Bytes> = {
      get(target, key) {
        const input = target.#input;
        if (input === undefined) return Reflect.get(target, key);
        const read = readers.get(key);
        // Such as "then", which every await looks up.
        if (read === undefined) return Reflect.get(PLAIN, key);
        try {
          const at = target.#at;
          const value = read(input, at, places, at + lengthOf(input, at));
          // Objects are read once, so that they stay the same, and keep what is written into them.
          if (typeof value !== "object" ? value !== WHOLE : Object.isFrozen(value)) return value;
        } catch (error) {
          if (error !== UNUSUAL && !(error instanceof DecodeError)) throw error;
        }
        return Reflect.get(whole(target), key);
      },
      getPrototypeOf: (target) => Object.getPrototypeOf(whole(target)),
    };
    for (const trap of TRAPS) {
      const reflect = Reflect[trap] as (...args: unknown[]) => unknown;
      handler[trap] = ((target: Bytes, ...args: unknown[]) => reflect(whole(target), ...args)) as never;
    }
    return handler;
  }

  static {
    // console.log looks for it at a proxy's target, and calls it with the proxy.
    Object.defineProperty(Bytes.prototype, inspect, {
      value(this: object) {
        return { ...this };
      },
    });
  }
}

/** Whatever looks at more than a field, or changes one. */
export const TRAPS = [
  "set",
  "has",
  "deleteProperty",
  "ownKeys",
  "getOwnPropertyDescriptor",
  "defineProperty",
  "preventExtensions",
  "setPrototypeOf",
] as const;

const viewers = new WeakMap<object, Viewer<unknown>>();

/** Makes views of a message's payloads. */
export function viewer<T>(message: Message<T>): Viewer<T> {
  let view = viewers.get(message) as Viewer<T> | undefined;
  if (!view) {
    view = makeViewer(message);
    viewers.set(message, view);
  }
  return view;
}

function makeViewer<T>(message: Message<T>): Viewer<T> {
  if (!canCompile()) return (input, at) => message.decode(input, at, lengthOf(input, at));
  if (message.choose) {
    return (input, at) => viewer(message.choose!(input, at, lengthOf(input, at)))(input, at);
  }
  const headerLength = align4(message.header.size);
  const handlers = perOrder((little) => Bytes.handler(message, little));
  return (input, at) => {
    const length = lengthOf(input, at);
    // A header cut short by an old program has no attributes to look for.
    if (length < headerLength || input.exact) return message.decode(input, at, length);
    return new Proxy(new Bytes(input, at), handlers(input.little)) as T;
  };
}

/** How each field is read: made for those that are. */
function readersOf(message: Message<unknown>, little: boolean): Readers {
  const readers = new Map<PropertyKey, Reader>();
  const add = (field: string, make: () => Reader): void => {
    readers.set(field, (...args) => {
      const reader = make();
      readers.set(field, reader);
      return reader(...args);
    });
  };
  for (const [field, attribute] of message.attributes.byField)
    add(field, () => attributeReader(message, field, attribute, little));
  for (const field of message.header.fields) add(field.name, () => headerReader(field, little));
  for (const field of ["unknown", "trailing"]) readers.set(field, () => WHOLE);
  return readers;
}

function headerReader(field: StructField, little: boolean): Reader {
  const code = new Code(little);
  return code.build(`function ${identifier(field.name)}(I, m) {
    const B = I.bytes, V = I.view;
    let t;
    return ${headerField(code, field)};
  }`);
}

function headerField(code: Code, { shape, offset, size }: StructField): string {
  return expression(code, shape, `m + ${offset}`, String(size));
}

/** Types of attributes that are looked for: those of the kernel's sets are below. */
const TYPES = 256;
/** In place of a place. */
const REPEATED = -1;
const LAST_ROUND = 0xffffffff;

/** Where the attributes of a message stand: of the one that was looked at last, which most are for all their fields. */
class Places {
  readonly #headerLength: number;
  readonly #places = new Int32Array(TYPES);
  /** In which round each was found: older ones are of other messages. */
  readonly #rounds = new Uint32Array(TYPES);
  #round = 0;
  #input: Input | undefined;
  #start = 0;

  constructor({ header }: Message<unknown>) {
    this.#headerLength = align4(header.size);
  }

  /** The place of the header of an attribute; 0 where there is none, {@link REPEATED} where there are several. */
  of(type: number, input: Input, start: number, end: number): number {
    if (type >= TYPES) return REPEATED;
    if (input !== this.#input || start !== this.#start) this.#find(input, start, end);
    return this.#rounds[type] === this.#round ? this.#places[type]! : 0;
  }

  #find(input: Input, start: number, end: number): void {
    const places = this.#places;
    const rounds = this.#rounds;
    if (this.#round === LAST_ROUND) rounds.fill(0);
    const round = this.#round === LAST_ROUND ? 1 : this.#round + 1;
    const { view, little } = input;
    for (let at = start + this.#headerLength; at + 4 <= end; ) {
      const word = view.getUint32(at, little);
      const length = little ? word & 0xffff : word >>> 16;
      if (length < 4 || at + length > end) break;
      const type = (little ? word >>> 16 : word) & NLA_TYPE_MASK;
      places[type] = rounds[type] === round ? REPEATED : at;
      rounds[type] = round;
      at += (length + 3) & ~3;
    }
    this.#round = round;
    this.#input = input;
    this.#start = start;
  }
}

/** Reads an attribute, where it stands once behind the header. */
function attributeReader(
  { header }: Message<unknown>,
  name: string,
  { type, shape }: Attribute<unknown>,
  little: boolean,
): Reader {
  // What is an object is read when all are.
  if (shape.multi || shape.selective || shape.nested)
    return (input, at, places, end) => (places.of(type, input, at, end) === 0 ? undefined : WHOLE);
  const code = new Code(little);
  code.field = (name) => {
    const field = header.fields.find((one) => one.name === name);
    return field ? headerField(code, field) : "undefined";
  };
  const scopeOf = (input: Input, at: number): Scope => {
    const values = {};
    header.decodeInto(values, input, at, header.size);
    return { values, outer: undefined, depth: 1 };
  };
  code.scope = `${code.capture(scopeOf)}(I, m)`;
  const whole = code.capture(WHOLE);
  return code.build(`function ${identifier(name)}(I, m, places, end) {
    const at = places.of(${type}, I, m, end);
    if (at === 0) return undefined;
    if (at === ${REPEATED}) return ${whole};
    const B = I.bytes, V = I.view, p = at + 4, n = V.getUint16(at, ${little}) - 4;
    let t;
    return ${acceptance(code, shape, "n")} ? ${expression(code, shape, "p", "n")} : ${whole};
  }`);
}
