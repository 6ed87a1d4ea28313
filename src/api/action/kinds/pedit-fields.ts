/** Fields of headers that pedit knows by name (tc-pedit(8)), as four bytes at a time. */
import { parseIp, parseMac } from "../../../netlink/codec/address.ts";
import { InputError } from "../../../netlink/errors.ts";
import type { PeditKey } from "./pedit.ts";

/** Where a field is in its header, bytes, and what it is. */
interface Field {
  readonly at: number;
  readonly size: number;
  readonly as?: "mac" | "ip";
}

const ports = { sport: { at: 0, size: 2 }, dport: { at: 2, size: 2 } } as const;

const peditFields = {
  eth: { dst: { at: 0, size: 6, as: "mac" }, src: { at: 6, size: 6, as: "mac" }, type: { at: 12, size: 2 } },
  ipv4: {
    dsfield: { at: 1, size: 1 },
    ttl: { at: 8, size: 1 },
    protocol: { at: 9, size: 1 },
    src: { at: 12, size: 4, as: "ip" },
    dst: { at: 16, size: 4, as: "ip" },
  },
  ipv6: {
    payload_len: { at: 4, size: 2 },
    nexthdr: { at: 6, size: 1 },
    hoplimit: { at: 7, size: 1 },
    src: { at: 8, size: 16, as: "ip" },
    dst: { at: 24, size: 16, as: "ip" },
  },
  tcp: { ...ports, flags: { at: 13, size: 1 } },
  udp: ports,
} as const satisfies Record<string, Record<string, Field>>;

type Fields = typeof peditFields;

/** A field to edit: `{ htype: "ipv4", field: "ttl", val: 5 }` is tc's `munge ip ttl set 5`. It is read back as a key. */
export type PeditField = {
  [H in keyof Fields]: {
    htype: H;
    field: keyof Fields[H];
    /** Default `set`. */
    cmd?: "set" | "add";
    /** A number, or an address as text. */
    val: number | string;
    /** Bits of the field that are edited; default all. */
    retain?: number;
  };
}[keyof Fields];

function valueBytes({ size, as }: Field, val: unknown, path: string): Uint8Array {
  const bytes = new Uint8Array(size);
  if (as !== undefined) {
    const address = typeof val !== "string" ? undefined : as === "mac" ? parseMac(val) : parseIp(val);
    if (address?.length !== size)
      throw new InputError(path, as === "mac" ? "a hardware address" : "an IP address", val);
    bytes.set(address);
    return bytes;
  }
  return numberBytes(bytes, val, path);
}

function numberBytes(bytes: Uint8Array, value: unknown, path: string): Uint8Array {
  const largest = 2 ** (8 * bytes.length) - 1;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 0 || value > largest)
    throw new InputError(path, `an integer 0 to ${largest}`, value);
  for (let place = bytes.length - 1, rest = value; place >= 0; place--, rest = Math.floor(rest / 256))
    bytes[place] = rest & 0xff;
  return bytes;
}

/** The keys that edit a field. @throws InputError below `path` */
export function fieldKeys(given: PeditField, path: string): PeditKey[] {
  const { htype, field, cmd, val, retain } = given;
  const fields: Readonly<Record<string, Field>> | undefined = Object.hasOwn(peditFields, htype)
    ? peditFields[htype]
    : undefined;
  if (!fields) throw new InputError(`${path}htype`, `one of ${Object.keys(peditFields).join(", ")}`, htype);
  const where = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (!where) throw new InputError(`${path}field`, `one of ${Object.keys(fields).join(", ")}`, field);
  const value = valueBytes(where, val, `${path}val`);
  const bits = new Uint8Array(where.size).fill(0xff);
  if (retain !== undefined) {
    if (where.as !== undefined) throw new InputError(`${path}retain`, "none of an address", retain);
    numberBytes(bits, retain, `${path}retain`);
  }
  const keys: PeditKey[] = [];
  const first = where.at - (where.at % 4);
  for (let offset = first; offset < where.at + where.size; offset += 4) {
    // The bytes of four that are the field's, and the bits of those that stay.
    const [word, mask] = [new DataView(new ArrayBuffer(4)), new DataView(new ArrayBuffer(4))];
    mask.setUint32(0, 0xffffffff);
    for (let byte = 0; byte < 4; byte++) {
      const place = offset + byte - where.at;
      if (place < 0 || place >= where.size) continue;
      word.setUint8(byte, value[place]! & bits[place]!);
      mask.setUint8(byte, 0xff & ~bits[place]!);
    }
    keys.push({ htype, offset, cmd, val: word.getUint32(0), mask: mask.getUint32(0) });
  }
  return keys;
}
