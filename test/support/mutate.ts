/** Rewrites well-formed messages as other programs, or other kernels, might have written them. */
import type { Attribute, AttributeSet } from "../../src/netlink/codec/attributes.ts";
import { align4, type ByteOrder } from "../../src/netlink/codec/byte-order.ts";
import type { Message } from "../../src/netlink/codec/message.ts";
import { type AnyShape, chosen, isLazy, isPayload, isSet, isStruct, isSubMessage } from "./inspect.ts";
import { bytes, type Part, wire, zeros } from "./wire.ts";

type Values = Record<string, unknown>;

/** What may be done to a message. */
export interface Mutations {
  /** Attributes that no schema knows, bytes behind the last attribute, structs longer than known. */
  readonly additions?: boolean;
  /** Other order, flag bits, missing NULs, shorter structs, wider numbers, repeated attributes. */
  readonly forms?: boolean;
  /** Padding that is missing or not zero. */
  readonly padding?: boolean;
}

/** A small random number generator (mulberry32), so that a run is repeated from its seed. */
export function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

interface Raw {
  type: number;
  data: Uint8Array;
}

export class Mutator {
  /** How often anything was changed. */
  changes = 0;
  readonly #order: ByteOrder;
  readonly #random: (below: number) => number;
  readonly #mutations: Mutations;

  constructor(order: ByteOrder, seed: number, mutations: Mutations) {
    this.#order = order;
    this.#random = random(seed);
    this.#mutations = mutations;
  }

  message(message: Message<unknown>, payload: Uint8Array, value: Values): Uint8Array {
    const size = align4(message.header.size);
    const { forms, padding } = this.#mutations;
    if (forms && payload.length === size && this.#rarely()) {
      return payload.slice(0, this.#random(size));
    }
    const head = payload.slice(0, size);
    if (padding && this.#rarely()) {
      const used = new Set(
        message.header.fields.flatMap((f) => Array.from({ length: f.size }, (_, i) => f.offset + i)),
      );
      // Padding that an old program left uninitialised.
      head.forEach((_byte, at) => {
        if (!used.has(at)) head[at] = this.#random(256);
      });
    }
    const header = Object.fromEntries(message.header.fields.map(({ name }) => [name, value[name]]));
    return bytes(head, this.#set(message.attributes, payload.slice(size), value, [header]));
  }

  #rarely(): boolean {
    if (this.#random(4) !== 0) return false;
    this.changes++;
    return true;
  }

  #noise(max: number): Uint8Array {
    return Uint8Array.from({ length: this.#random(max + 1) }, () => this.#random(256));
  }

  #read(payload: Uint8Array): Raw[] {
    const list: Raw[] = [];
    const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
    const little = this.#order === "little";
    for (let at = 0; at + 4 <= payload.length; ) {
      const length = view.getUint16(at, little);
      list.push({ type: view.getUint16(at + 2, little), data: payload.slice(at + 4, at + length) });
      at += length + ((4 - (length % 4)) % 4);
    }
    return list;
  }

  #set(
    set: AttributeSet<unknown>,
    payload: Uint8Array,
    value: Values,
    scopes: readonly Values[],
  ): Uint8Array {
    const { additions, forms } = this.#mutations;
    const inner = [...scopes, value];
    const counts = new Map<string, number>();
    const list: Raw[] = [];
    for (const raw of this.#read(payload)) {
      const [field, attribute] = set.byType.get(raw.type & 0x3fff)!;
      const position = counts.get(field) ?? 0;
      counts.set(field, position + 1);
      const part = attribute.shape.multi ? (value[field] as unknown[])[position] : value[field];
      const mutated = this.#attribute(attribute, raw, part, inner);
      if (forms && !attribute.shape.multi && this.#rarely()) list.push({ ...raw });
      list.push(mutated);
    }
    if (forms && this.#rarely()) list.sort(() => this.#random(3) - 1);
    if (additions) {
      for (let position = list.length; position >= 0; position--) {
        if (this.#rarely()) list.splice(position, 0, { type: this.#unknownType(set), data: this.#noise(9) });
      }
    }
    return this.#write(list);
  }

  #unknownType(set: AttributeSet<unknown>): number {
    for (;;) {
      const type = this.#random(0x4000);
      if (!set.byType.has(type)) return type | (this.#random(4) << 14);
    }
  }

  #write(list: readonly Raw[]): Uint8Array {
    const { bare } = wire(this.#order);
    const { additions, padding } = this.#mutations;
    const parts: Part[] = [];
    for (const [position, raw] of list.entries()) {
      const attribute = bare(raw.type, raw.data);
      parts.push(attribute);
      if (padding && position === list.length - 1 && this.#rarely()) return bytes(parts);
      const fill = (4 - (attribute.length % 4)) % 4;
      const noisy = padding && this.#rarely();
      parts.push(noisy ? Uint8Array.from({ length: fill }, () => this.#random(256)) : zeros(fill));
    }
    if (additions && this.#rarely()) parts.push(this.#noise(3));
    return bytes(parts);
  }

  #attribute(attribute: Attribute<unknown>, raw: Raw, value: unknown, scopes: readonly Values[]): Raw {
    const { forms } = this.#mutations;
    let { type } = raw;
    if (forms && this.#rarely()) type = (type & 0x3fff) | (this.#random(4) << 14);
    return {
      type,
      data: this.#payload(
        attribute.shape.of && attribute.shape.multi ? attribute.shape.of : attribute.shape,
        raw.data,
        value,
        scopes,
      ),
    };
  }

  #payload(shape: AnyShape, data: Uint8Array, value: unknown, scopes: readonly Values[]): Uint8Array {
    const { additions, forms } = this.#mutations;
    if (isLazy(shape)) return this.#payload(shape.resolve(), data, value, scopes);
    if (isSubMessage(shape)) return this.#payload(chosen(shape, scopes), data, value, scopes);
    if (isSet(shape)) return this.#set(shape, data, value as Values, scopes);
    if (isPayload(shape)) {
      const mutated = this.message(shape.message, data, value as Values);
      return mutated.length < shape.message.header.size ? data : mutated;
    }
    if (isStruct(shape)) {
      if (additions && this.#rarely()) return bytes(data, this.#noise(8));
      if (forms && this.#rarely()) return data.slice(0, this.#random(data.length + 1));
    }
    if (!forms) return data;
    if (shape.type === "string" && this.#rarely()) {
      return this.#random(2) === 0 ? data.slice(0, -1) : bytes(data, zeros(this.#random(4)));
    }
    // Some flags are reported as a number.
    if (shape.type === "flag" && shape.accepts(1) && this.#rarely()) return Uint8Array.of(1);
    if ((shape.type === "uint" || shape.type === "sint") && data.length === 4 && this.#rarely()) {
      const { u64 } = wire(this.#order);
      return u64(value as bigint);
    }
    return data;
  }
}
