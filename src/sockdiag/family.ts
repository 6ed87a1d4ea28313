import { enumeration, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { u8 } from "../netlink/codec/integer.ts";
import type { MessageSelector } from "../netlink/codec/message-by.ts";

const families = {
  unspec: 0,
  unix: 1,
  inet: 2,
  inet6: 10,
  netlink: 16,
  packet: 17,
  tipc: 30,
  vsock: 40,
  smc: 43,
  xdp: 44,
} as const;
/** AF_* (sys/socket.h) of a socket. */
export type SocketFamily = NameOf<typeof families>;
export const socketFamily: NamedShape<SocketFamily> = enumeration(u8, "AF_", families);

/** The first byte of a message chooses, whatever the struct calls it. */
export function byFamily(field: string): MessageSelector {
  return { offset: 0, shape: socketFamily, of: (value) => value[field] };
}
