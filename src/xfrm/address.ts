import { formatIpv4, ipv6, parseIpv4 } from "../netlink/codec/address.ts";
import { blob } from "../netlink/codec/layout.ts";
import type { Shape } from "../netlink/codec/shape.ts";
import { InputError } from "../netlink/errors.ts";

const ROOM = 16;

/** xfrm_address_t of IPv4: the first four of sixteen bytes. */
const ipv4: Shape<string> = {
  type: "ipv4 in 16 bytes",
  size: ROOM,
  layout: (property) => blob(ROOM, property),
  accepts: (length) => length === ROOM,
  decode: (input, at) => formatIpv4(input.bytes, at),
  encode(output, value) {
    const bytes = typeof value === "string" ? parseIpv4(value) : undefined;
    if (!bytes) throw new InputError("", "an IPv4 address", value);
    output.append(bytes);
    output.take(ROOM - bytes.length);
  },
};

export type XfrmFamily = "inet" | "inet6";
/** xfrm_address_t (linux/xfrm.h) by the family that stands somewhere else. */
export const xfrmAddress: Readonly<Record<XfrmFamily, Shape<string>>> = { inet: ipv4, inet6: ipv6 };
