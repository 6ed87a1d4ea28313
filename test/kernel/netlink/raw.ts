/** Netlink messages put together by hand, so that the sockets are tested without the codec. */
import { expect } from "vitest";
import type { Channel, Datagram } from "../../../src/netlink/socket/channel.ts";

export const RTM_NEWLINK = 16;
export const RTM_GETLINK = 18;
export const RTM_NEWADDR = 20;
export const RTM_GETADDR = 22;
export const RTM_GETROUTE = 26;
export const RTM_NEWLINKPROP = 108;
export const REQUEST = 0x1;
export const ACK = 0x4;
export const DUMP = 0x300;
export const CREATE = 0x400;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;

const aligned = (length: number) => (length + 3) & ~3;

export function message(type: number, flags: number, sequence: number, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const bytes = Buffer.alloc(aligned(16 + body.length));
  new Uint32Array(bytes.buffer, bytes.byteOffset, 3).set([
    16 + body.length,
    type | ((REQUEST | flags) << 16),
    sequence,
  ]);
  body.copy(bytes, 16);
  return bytes;
}

export function attribute(type: number, value: Uint8Array): Buffer {
  const bytes = Buffer.alloc(aligned(4 + value.length));
  new Uint16Array(bytes.buffer, bytes.byteOffset, 2).set([4 + value.length, type]);
  bytes.set(value, 4);
  return bytes;
}

/** struct ifinfomsg */
export function ifinfomsg(index: number): Buffer {
  const bytes = Buffer.alloc(16);
  new Int32Array(bytes.buffer, bytes.byteOffset, 4)[1] = index;
  return bytes;
}

export const getLink = (index: number, sequence = 1) => message(RTM_GETLINK, 0, sequence, ifinfomsg(index));

/** Adds 127.1.x.y/32 to lo. */
export function addLoopbackAddress(number: number, flags = 0): Buffer {
  const ifaddrmsg = Buffer.from([2, 32, 0, 254, 0, 0, 0, 0]);
  new Uint32Array(ifaddrmsg.buffer, ifaddrmsg.byteOffset, 2)[1] = 1;
  const address = attribute(2, Buffer.from([127, 1, number >> 8, number & 255]));
  return message(RTM_NEWADDR, flags | CREATE, number, ifaddrmsg, address);
}

export interface Header {
  readonly type: number;
  readonly sequence: number;
  readonly payload: Buffer;
}

export function messagesIn({ bytes }: Datagram): Header[] {
  const found: Header[] = [];
  const all = Buffer.from(bytes);
  for (let at = 0; at + 16 <= all.length; ) {
    const words = new Uint32Array(all.buffer.slice(all.byteOffset + at, all.byteOffset + at + 16));
    const length = words[0]!;
    expect(length).toBeGreaterThanOrEqual(16);
    found.push({
      type: words[1]! & 0xffff,
      sequence: words[2]!,
      payload: all.subarray(at + 16, at + length),
    });
    at += aligned(length);
  }
  return found;
}

/** The errno of an NLMSG_ERROR, 0 for an acknowledgement. */
export function errnoOf(datagram: Datagram | undefined): number {
  const [header] = messagesIn(datagram!);
  expect(header!.type).toBe(NLMSG_ERROR);
  return Math.abs(new Int32Array(header!.payload.buffer.slice(header!.payload.byteOffset))[0]!);
}

/** The parts of a dump by datagram, its DONE included. */
export function dump(channel: Channel, request: Uint8Array): Header[][] {
  channel.send(request);
  const datagrams: Header[][] = [];
  for (let last: Header | undefined; last?.type !== NLMSG_DONE; ) {
    const datagram = channel.receive();
    if (!datagram) throw new Error("the dump ended without NLMSG_DONE");
    expect(datagram.portId).toBe(0);
    expect(datagram.length).toBe(datagram.bytes.length);
    const headers = messagesIn(datagram);
    last = headers.at(-1);
    datagrams.push(headers);
  }
  return datagrams;
}

/** What a link message's IFLA_IFNAME says. */
export function nameOf({ payload }: Header): string {
  for (let at = 16; at < payload.length; ) {
    const [length, type] = new Uint16Array(
      payload.buffer.slice(payload.byteOffset + at, payload.byteOffset + at + 4),
    );
    if (type === 3) return payload.toString("latin1", at + 4, at + length! - 1);
    at += aligned(length!);
  }
  throw new Error("a link without a name");
}

/** Whether a link message's flags have IFF_UP. */
export function isUp({ payload }: Header): boolean {
  return (
    (new Uint32Array(payload.buffer.slice(payload.byteOffset + 8, payload.byteOffset + 12))[0]! & 1) === 1
  );
}

export const readable = (channel: Channel) => new Promise<void>((resolve) => channel.wait(resolve));
