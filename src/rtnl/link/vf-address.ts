import { formatMac, parseMac } from "../../netlink/codec/address.ts";
import { blob } from "../../netlink/codec/layout.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import { InputError } from "../../netlink/errors.ts";

const MAX_ADDR_LEN = 32;
/** Of Ethernet, InfiniBand, and whatever else. */
const LENGTHS = [6, 20, MAX_ADDR_LEN] as const;

function used(bytes: Uint8Array, at: number): number {
  let end = MAX_ADDR_LEN;
  while (end > 0 && bytes[at + end - 1] === 0) end--;
  return LENGTHS.find((length) => end <= length)!;
}

/** A hardware address in the first of 32 bytes; how long it is nothing says, so that zeros at its end are left out. */
export const vfAddress: Shape<string> = {
  type: "mac",
  size: MAX_ADDR_LEN,
  layout: (property) => blob(MAX_ADDR_LEN, property),
  accepts: (length) => length === MAX_ADDR_LEN,
  decode: ({ bytes }, at) => formatMac(bytes, at, used(bytes, at)),
  encode(output, value) {
    const bytes = typeof value === "string" ? parseMac(value) : undefined;
    if (!bytes || !(LENGTHS as readonly number[]).includes(bytes.length))
      throw new InputError("", "a hardware address such as 02:00:5e:10:00:01", value);
    const at = output.take(MAX_ADDR_LEN);
    output.bytes.set(bytes, at);
  },
};
