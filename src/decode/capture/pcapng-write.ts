/** Writes pcapng (draft-ietf-opsawg-pcapng) of link type NETLINK, as Wireshark reads it. */
import { align4, type ByteOrder, hostByteOrder } from "../../netlink/codec/byte-order.ts";
import { joined } from "./byte-buffer.ts";
import type { Captured } from "./captured.ts";
import { ARPHRD_NETLINK, LINKTYPE_NETLINK, PACKET_OUTGOING } from "./link-type.ts";
import {
  BYTE_ORDER_MAGIC,
  ENHANCED_PACKET,
  INTERFACE_DESCRIPTION,
  INTERFACE_STATISTICS,
  SECTION_HEADER,
} from "./pcapng.ts";

/** Of the frame before each datagram: bytes. */
const PSEUDO_HEADER = 16;
const textEncoder = new TextEncoder();

export interface PcapngOptions {
  /** The device's name, or where the datagrams come from. */
  readonly ifname: string;
  /** What wrote the file. */
  readonly application: string;
  /** Of the machine that the datagrams come from; default: this one's. Wireshark reads them in it. */
  readonly byteOrder?: ByteOrder | undefined;
}

/** Makes the parts of a file; whoever calls it writes them one behind the other. */
export class PcapngWriter {
  readonly #little: boolean;
  readonly #options: PcapngOptions;

  constructor(options: PcapngOptions) {
    this.#options = options;
    this.#little = (options.byteOrder ?? hostByteOrder) === "little";
  }

  /** A section and its one interface, with times in nanoseconds. */
  start(): Uint8Array {
    const { application, ifname } = this.#options;
    const section = this.#block(SECTION_HEADER, 16, [this.#text(4, application)], (body) => {
      body.setUint32(0, BYTE_ORDER_MAGIC, this.#little);
      body.setUint16(4, 1, this.#little);
      // The section's length is not known.
      body.setBigInt64(8, -1n, this.#little);
    });
    const options = [this.#text(2, ifname), this.#option(9, Uint8Array.of(9))];
    const link = this.#block(INTERFACE_DESCRIPTION, 8, options, (body) =>
      body.setUint16(0, LINKTYPE_NETLINK, this.#little),
    );
    return joined([section, link]);
  }

  /** A datagram; its direction and its problems become options of the packet. A failed call has none. */
  packet({ bytes, length, protocol = 0, time = 0, direction, problems }: Captured): Uint8Array {
    const size = PSEUDO_HEADER + bytes.length;
    const options = problems.map((problem) => this.#text(1, problem));
    // epb_flags: 1 inbound, 2 outbound, as the process sees it.
    if (direction) options.push(this.#option(2, this.#u32(direction === "sent" ? 2 : 1)));
    return this.#block(ENHANCED_PACKET, 20 + align4(size), options, (body) => {
      this.#time(body, 4, time);
      body.setUint32(12, size, this.#little);
      body.setUint32(16, PSEUDO_HEADER + Math.max(length, bytes.length), this.#little);
      body.setUint16(20, PACKET_OUTGOING);
      body.setUint16(22, ARPHRD_NETLINK);
      body.setUint16(34, protocol);
      new Uint8Array(body.buffer, body.byteOffset + 20 + PSEUDO_HEADER).set(bytes);
    });
  }

  /** What a file may end with: how many datagrams there were, and how many of them were lost. */
  end(count: { received: number; lost: number; time: number }): Uint8Array {
    const options = [this.#option(4, this.#u64(count.received)), this.#option(5, this.#u64(count.lost))];
    return this.#block(INTERFACE_STATISTICS, 12, options, (body) => this.#time(body, 4, count.time));
  }

  #time(body: DataView, at: number, milliseconds: number): void {
    const whole = Math.floor(milliseconds);
    const units = BigInt(whole) * 1_000_000n + BigInt(Math.round((milliseconds - whole) * 1e6));
    body.setUint32(at, Number(units >> 32n), this.#little);
    body.setUint32(at + 4, Number(units & 0xffff_ffffn), this.#little);
  }

  /** Type, length, body, options, length again. */
  #block(type: number, size: number, options: readonly Uint8Array[], fill: (body: DataView) => void) {
    // opt_endofopt
    const list = options.length > 0 ? joined([...options, new Uint8Array(4)]) : new Uint8Array();
    const length = 12 + size + list.length;
    const bytes = new Uint8Array(length);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, type, this.#little);
    view.setUint32(4, length, this.#little);
    fill(new DataView(bytes.buffer, 8, size));
    bytes.set(list, 8 + size);
    view.setUint32(length - 4, length, this.#little);
    return bytes;
  }

  #option(code: number, value: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(4 + align4(value.length));
    const view = new DataView(bytes.buffer);
    view.setUint16(0, code, this.#little);
    view.setUint16(2, value.length, this.#little);
    bytes.set(value, 4);
    return bytes;
  }

  /** Cut to what the length of an option can say. */
  #text(code: number, value: string): Uint8Array {
    return this.#option(code, textEncoder.encode(value.slice(0, 16_000)));
  }

  #u32(value: number): Uint8Array {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value, this.#little);
    return bytes;
  }

  #u64(value: number): Uint8Array {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(value), this.#little);
    return bytes;
  }
}
