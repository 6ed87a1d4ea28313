import { formatIpv4, formatIpv6, formatMac, parseIp, parseMac } from "../../netlink/codec/address.ts";
import { isRecord } from "../../netlink/codec/record.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import { atField, DecodeError, InputError } from "../../netlink/errors.ts";
import { type AddressFamily, addressFamily16 } from "../family.ts";

/** A next hop of another family than the route's. */
export interface Via {
  family: AddressFamily;
  /** IP address, or hardware address for the other families. */
  addr: string;
}

/** struct rtvia (linux/rtnetlink.h): u16 family, then the address. */
export const via: Shape<Via> = {
  type: "struct rtvia",
  accepts: (length) => length >= 2,
  decode(input, at, length, scope) {
    const family = addressFamily16.decode(input, at, 2, scope);
    const size = length - 2;
    if (family === "inet" && size === 4) return { family, addr: formatIpv4(input.bytes, at + 2) };
    if (family === "inet6" && size === 16) return { family, addr: formatIpv6(input.bytes, at + 2) };
    if (family === "inet" || family === "inet6") throw new DecodeError(`${size} bytes are no ${family}`, at);
    return { family, addr: formatMac(input.bytes, at + 2, size) };
  },
  encode(output, value, scope) {
    if (!isRecord(value)) throw new InputError("", "an object with family and addr", value);
    const other = Object.keys(value).find((key) => key !== "family" && key !== "addr");
    if (other !== undefined) throw new InputError(other, "family and addr", value[other]);
    const isIp = value.family === "inet" || value.family === "inet6";
    const bytes = typeof value.addr === "string" ? (isIp ? parseIp : parseMac)(value.addr) : undefined;
    const size = value.family === "inet" ? 4 : value.family === "inet6" ? 16 : bytes?.length;
    if (!bytes || bytes.length !== size)
      throw new InputError("addr", `an address of ${value.family}`, value.addr);
    try {
      addressFamily16.encode(output, value.family, scope);
    } catch (error) {
      throw atField(error, "family");
    }
    output.append(bytes);
  },
  text: ({ family, addr }) => `${family} ${addr}`,
};
