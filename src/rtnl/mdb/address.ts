import { formatIpv4, formatIpv6, formatMac, parseIp, parseMac } from "../../netlink/codec/address.ts";
import { blob } from "../../netlink/codec/layout.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import { DecodeError, InputError } from "../../netlink/errors.ts";

const ETH_P_IP = 0x0800;
const ETH_P_IPV6 = 0x86dd;
const ROOM = 16;

/** Length of an address of this EtherType; 0 stands for a MAC address. */
const lengths: Readonly<Record<number, number>> = { [ETH_P_IP]: 4, [ETH_P_IPV6]: 16, 0: 6 };
const formats: Readonly<Record<number, (bytes: Uint8Array, at: number) => string>> = {
  [ETH_P_IP]: formatIpv4,
  [ETH_P_IPV6]: formatIpv6,
  0: (bytes, at) => formatMac(bytes, at, 6),
};

/** The group of struct br_mdb_entry: an IPv4, IPv6 or MAC address in 16 bytes, then its EtherType, big endian. */
export const mdbAddress: Shape<string> = {
  type: "br_mdb_entry.addr",
  size: ROOM + 2,
  layout: (property) => blob(ROOM + 2, property),
  accepts: (length) => length === ROOM + 2,
  decode(input, at) {
    const proto = input.view.getUint16(at + ROOM);
    const length = lengths[proto];
    if (length === undefined)
      throw new DecodeError(`EtherType 0x${proto.toString(16)} of a group`, at + ROOM);
    const rest = input.bytes.subarray(at + length, at + ROOM);
    if (rest.some((byte) => byte !== 0))
      throw new DecodeError("bytes behind the group's address", at + length);
    return formats[proto]!(input.bytes, at);
  },
  encode(output, value) {
    const mac = typeof value === "string" && value !== "" ? parseMac(value) : undefined;
    const bytes = mac?.length === 6 ? mac : typeof value === "string" ? parseIp(value) : undefined;
    if (!bytes) throw new InputError("", "an IPv4, IPv6 or MAC address", value);
    const start = output.at;
    output.append(bytes);
    output.take(ROOM + 2 - bytes.length);
    const proto = bytes.length === 6 ? 0 : bytes.length === 4 ? ETH_P_IP : ETH_P_IPV6;
    output.view.setUint16(start + ROOM, proto);
  },
};
