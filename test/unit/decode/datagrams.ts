/** Datagrams of a 6.18 kernel, little endian, and helpers to explain them. */
import type { Captured } from "../../../src/decode/capture/captured.ts";
import {
  Conversation,
  type ConversationOptions,
  type ExplainOptions,
  explainDatagram,
  type Told,
} from "../../../src/decode/index.ts";
import { rtnetlink } from "../../../src/rtnl/protocol.ts";
import { hex, wire } from "../../support/wire.ts";

export const little = wire("little");

export const explain = (bytes: Uint8Array, options: Partial<ExplainOptions> = {}) =>
  explainDatagram(bytes, { protocol: rtnetlink, byteOrder: "little", ...options });

/** A datagram as readers of captures give it. */
export const captured = (data: Uint8Array, more: Partial<Captured> = {}): Captured => ({
  offset: 0,
  bytes: data,
  length: data.length,
  problems: [],
  ...more,
});

/** Datagrams as one conversation. */
export function talk(datagrams: readonly (Uint8Array | Captured)[], options?: ConversationOptions) {
  const conversation = new Conversation({ byteOrder: "little", ...options });
  const told = datagrams.map((entry) =>
    conversation.take(entry instanceof Uint8Array ? captured(entry) : entry),
  );
  return { told, unfinished: conversation.finish() };
}

/** What is told of the last of them. */
export const tell = (...datagrams: (Uint8Array | Captured)[]): Told => talk(datagrams).told.at(-1)!;

/** RTM_NEWLINK that makes a vxlan with an id over 24 bits. */
export const vxlanRequest = hex(`
  4400000010000506cb45436500000000 00000000000000000000000000000000
  07000300767800001c0012800a000100 76786c616e0000000c00028008000100 ffffff01`);

/** The kernel's refusal: ERANGE with a message and the offset of the id. */
export const vxlanError = hex(`
  5800000002000003cb454365247f0000 deffffff4400000010000506cb454365
  000000002900010056584c414e204944 206d757374206265206c6f7765722074
  68616e20313637373732313600000000 080002003c000000`);

/** The end of a dump that was refused: no header of the request, but an extended acknowledgement. */
export const refusedDump = hex(`
  5000000003000202cc45436558262dc8 eaffffff3c000100697076343a20496e
  76616c69642076616c75657320696e20 68656164657220666f72206164647265
  73732064756d70207265717565737400`);

/** One object of a dump of addresses: lo's. */
export const loAddress = hex(`
  4c00000014000200ca45436558262dc8 020880fe01000000080001007f000001
  080002007f000001070003006c6f0000 080008008000000014000600ffffffff
  ffffffff7e8806007e880600`);

export const dumpEnd = hex("1400000003000200ca45436558262dc8 00000000");

export const ack = hex("2400000002000001c9454365247f0000 000000002000000010000500c9454365 00000000");

export const addressDump = hex("1800000016000103ca45436500000000 0200000000000000");
