/** Addresses with masks as text: `10.0.0.0/8` where the mask is a prefix, else `10.0.0.1/255.0.0.255`. */
import { formatIpv4, formatIpv6, formatMac, parseIp, parseMac } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import { parsePrefix } from "../prefix.ts";

/** The length of a mask that is one run of ones; undefined for others. */
function lengthOf(bytes: Uint8Array): number | undefined {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const length = bits.indexOf("0") === -1 ? bits.length : bits.indexOf("0");
  return bits.slice(length).includes("1") ? undefined : length;
}

function maskBytes(length: number, size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, place) => {
    const ones = Math.min(8, Math.max(0, length - 8 * place));
    return 0xff & ~(0xff >> ones);
  });
}

function ipText(bytes: Uint8Array): string {
  return bytes.length === 4 ? formatIpv4(bytes, 0) : formatIpv6(bytes, 0);
}

/** An address and a mask as one text; a whole address has none. */
export function prefixOf(address: string, mask: string | undefined): string {
  const bytes = mask === undefined ? undefined : parseIp(mask);
  if (!bytes) return address;
  const length = lengthOf(bytes);
  if (length === undefined) return `${address}/${mask}`;
  return length === 8 * bytes.length ? address : `${address}/${length}`;
}

/** Address and mask of a text. @throws InputError at `path` */
export function addressAndMask(text: unknown, path: string): { address: string; mask: string } {
  const [, address, mask] = typeof text === "string" ? (/^([^/]+)\/([^/]*[.:].*)$/.exec(text) ?? []) : [];
  if (address !== undefined) {
    const [one, other] = [parseIp(address), parseIp(mask!)];
    if (!one || one.length !== other?.length)
      throw new InputError(path, "an IP address and a mask like it", text);
    return { address, mask: mask! };
  }
  const prefix = parsePrefix(text, path);
  return { address: prefix.address, mask: ipText(maskBytes(prefix.length, prefix.bytes.length)) };
}

const MAC = 6;

/** A hardware address and a mask as one text: `02:00:00:00:00:01/24`, in bits. */
export function macPrefixOf(address: string, mask: string | undefined): string {
  const bytes = mask === undefined ? undefined : parseMac(mask);
  if (!bytes) return address;
  const length = lengthOf(bytes);
  if (length === undefined) return `${address}/${mask}`;
  return length === 8 * MAC ? address : `${address}/${length}`;
}

/** @throws InputError at `path` */
export function macAndMask(text: unknown, path: string): { address: string; mask: string } {
  const [address, mask = String(8 * MAC)] = typeof text === "string" ? text.split("/") : [];
  const bytes = /^\d+$/.test(mask) && Number(mask) <= 8 * MAC ? maskBytes(Number(mask), MAC) : parseMac(mask);
  if (address === undefined || parseMac(address)?.length !== MAC || bytes?.length !== MAC) {
    throw new InputError(path, "a hardware address, with bits or a mask behind a / or without", text);
  }
  return { address, mask: formatMac(bytes, 0, MAC) };
}
