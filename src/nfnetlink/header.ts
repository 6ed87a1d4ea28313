import type { AttributeSet } from "../netlink/codec/attributes.ts";
import { enumeration, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { be16, be32, u8 } from "../netlink/codec/integer.ts";
import { type Message, message } from "../netlink/codec/message.ts";
import { type MessageType, messageType } from "../netlink/codec/protocol.ts";
import type { Shape } from "../netlink/codec/shape.ts";
import { type StructShape, struct } from "../netlink/codec/struct.ts";

const families = { unspec: 0, inet: 1, ipv4: 2, arp: 3, netdev: 5, bridge: 7, ipv6: 10 } as const;
/** NFPROTO_* (linux/netfilter.h): `inet` is IPv4 and IPv6. */
export type Nfproto = NameOf<typeof families>;
export const nfproto: NamedShape<Nfproto> = enumeration(u8, "NFPROTO_", families);
/** The same in 16 and 32 bits, big endian. */
export const nfproto16: NamedShape<Nfproto> = enumeration(be16, "NFPROTO_", families);
export const nfproto32: NamedShape<Nfproto> = enumeration(be32, "NFPROTO_", families);

/** struct nfgenmsg (linux/netfilter/nfnetlink.h), 4 bytes. */
export interface Nfgenmsg<ResId = number> {
  nfgenFamily: Nfproto;
  /** NFNETLINK_V0: 0. */
  version: number;
  /** A subsystem's own: of a batch the subsystem, from nf_tables the low bits of the ruleset's generation. */
  resId: ResId;
  trailing?: Uint8Array;
}

/** The header, with what its last field means. */
export function nfgenmsgOf<ResId>(resId: Shape<ResId>): StructShape<Nfgenmsg<ResId>> {
  return struct("nfgenmsg", { nfgenFamily: nfproto, version: u8, resId }) as never;
}

export const nfgenmsg: StructShape<Nfgenmsg> = nfgenmsgOf(be16);

/** A message of a subsystem: struct nfgenmsg and attributes. */
export type NfMessage<T> = Nfgenmsg & T;

export function nfMessage<T>(name: string, attributes: AttributeSet<T>): Message<NfMessage<T>> {
  return message(name, nfgenmsg, attributes) as unknown as Message<NfMessage<T>>;
}

/** A message type by its number inside of a subsystem. */
export function nfType<T>(
  constant: string,
  subsystem: number,
  number: number,
  whole: Message<T>,
): MessageType<T> {
  return messageType(constant, (subsystem << 8) | number, whole);
}
