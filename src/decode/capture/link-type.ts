/** What stands before a datagram in a packet capture: a pseudo header that libpcap makes. */
import type { Direction } from "../explain.ts";

export interface LinkFrame {
  readonly protocol: number;
  readonly direction: Direction | undefined;
  /** The header's size: bytes. */
  readonly header: number;
}

interface LinkType {
  /** undefined: a frame of another kind of device. */
  frame(view: DataView): LinkFrame | undefined;
}

export const ARPHRD_NETLINK = 824;
/** Packet types of linux/if_packet.h. nlmon says PACKET_OUTGOING of either direction. */
export const PACKET_OUTGOING = 4;
const PACKET_USER = 6;
const PACKET_KERNEL = 7;

/** LINKTYPE_NETLINK, LINKTYPE_LINUX_SLL: packet type, ARPHRD, 10 bytes of address, protocol; all in network byte order. */
const cooked: LinkType = {
  frame: (view) => frameOf(view, 16, view.getUint16(2), view.getUint16(0), view.getUint16(14)),
};

/** LINKTYPE_LINUX_SLL2: protocol, 2 bytes, interface, ARPHRD, packet type, 9 bytes of address. */
const cooked2: LinkType = {
  frame: (view) => frameOf(view, 20, view.getUint16(8), view.getUint8(10), view.getUint16(0)),
};

/** The largest of these headers: bytes. */
export const LINK_HEADER = 20;

export const LINKTYPE_NETLINK = 253;

export const linkTypes: ReadonlyMap<number, LinkType> = new Map([
  [LINKTYPE_NETLINK, cooked],
  [113, cooked],
  [276, cooked2],
]);

function frameOf(view: DataView, header: number, arphrd: number, type: number, protocol: number) {
  if (arphrd !== ARPHRD_NETLINK) return undefined;
  const direction: Direction | undefined =
    type === PACKET_KERNEL ? "sent" : type === PACKET_USER ? "received" : undefined;
  return view.byteLength < header ? undefined : { protocol, direction, header };
}

const names: Readonly<Record<number, string>> = {
  1: "Ethernet",
  101: "raw IP",
  105: "802.11",
  0: "BSD loopback",
  12: "raw IP",
};

export function foreignLinkType(linkType: number): string {
  const name = names[linkType];
  return `link type ${linkType}${name ? ` (${name})` : ""} is not netlink: capture from an nlmon device`;
}
