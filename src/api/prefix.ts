/** IP addresses with a prefix length, as text. */
import { formatIpv4, formatIpv6, parseIp } from "../netlink/codec/address.ts";
import { InputError } from "../netlink/errors.ts";

export type IpFamily = "inet" | "inet6";

/** Length of an address, bits. */
export const addressBits: Readonly<Record<IpFamily, number>> = { inet: 32, inet6: 128 };

export interface Prefix {
  readonly family: IpFamily;
  /** The address without its length. */
  readonly address: string;
  readonly bytes: Uint8Array;
  /** Bits; without one given, those of the whole address. */
  readonly length: number;
  /** Whether a length was given. */
  readonly hasLength: boolean;
}

/** `inet6` for an address with colons. */
export function familyOf(address: string): IpFamily {
  return address.includes(":") ? "inet6" : "inet";
}

/**
 * An address with or without a prefix length.
 *
 * @throws InputError at `field`
 */
export function parsePrefix(text: unknown, field: string): Prefix {
  const expected = `an IP address or prefix such as 10.0.0.0/8 or fd00::/64`;
  const [, address, length] = typeof text === "string" ? (/^([^/]*)(?:\/(.*))?$/.exec(text) ?? []) : [];
  const bytes = address === undefined ? undefined : parseIp(address);
  if (address === undefined || !bytes) throw new InputError(field, expected, text);
  const family = familyOf(address);
  const bits = addressBits[family];
  if (length === undefined) return { family, address, bytes, length: bits, hasLength: false };
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) {
    throw new InputError(field, `a prefix length of 0 to ${bits} behind the "/"`, text);
  }
  return { family, address, bytes, length: Number(length), hasLength: true };
}

/**
 * An address without a prefix length.
 *
 * @throws InputError at `field`
 */
export function parseAddress(text: unknown, field: string): Prefix {
  const prefix = parsePrefix(text, field);
  if (prefix.hasLength) throw new InputError(field, "an IP address without a prefix length", text);
  return prefix;
}

/** Whether the first `prefix.length` bits are the same. */
export function isWithin(address: Uint8Array, prefix: Pick<Prefix, "bytes" | "length">): boolean {
  if (address.length !== prefix.bytes.length) return false;
  const whole = prefix.length >> 3;
  for (let i = 0; i < whole; i++) if (address[i] !== prefix.bytes[i]) return false;
  const rest = prefix.length & 7;
  return rest === 0 || (address[whole]! ^ prefix.bytes[whole]!) >> (8 - rest) === 0;
}

/** The address with all bits behind the prefix set to `bit`. */
export function withHostBits(prefix: Prefix, bit: 0 | 1): string {
  const bytes = prefix.bytes.map((byte, index) => {
    const host = 0xff >> Math.min(8, Math.max(0, prefix.length - 8 * index));
    return bit === 1 ? byte | host : byte & ~host;
  });
  return prefix.family === "inet" ? formatIpv4(bytes, 0) : formatIpv6(bytes, 0);
}
