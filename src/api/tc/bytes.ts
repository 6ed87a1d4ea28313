import { InputError } from "../../netlink/errors.ts";

/** Bytes as hexadecimal digits. */
export function hexText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @throws InputError at `path` */
export function hexBytes(text: unknown, path: string, length?: number): Uint8Array {
  const digits = typeof text === "string" ? text.replace(/^0x/i, "") : "";
  const wanted = length === undefined ? "bytes" : `${length} bytes`;
  if (!/^([0-9a-f]{2})+$/i.test(digits) || (length !== undefined && digits.length !== 2 * length))
    throw new InputError(path, `${wanted} as hexadecimal digits`, text);
  return Uint8Array.from(digits.match(/../g)!, (pair) => Number.parseInt(pair, 16));
}
