/** recvmmsg(2): a burst of notifications in few system calls, each of which takes as long as four datagrams. */
import { hostByteOrder } from "../codec/byte-order.ts";
import type { Datagram } from "./channel.ts";
import * as libc from "./libc.ts";

/** Datagrams that are received at once. */
const SLOTS = 16;
/** Of each, in bytes; memory that was never written to takes no room. */
const SLOT_SIZE = 1 << 17;

/** struct sockaddr_nl, struct iovec and struct mmsghdr of a machine with 64 bits. */
const NAME_SIZE = 12;
const NAME_PORT_ID = 4;
const NAME_GROUPS = 8;
const IOVEC_SIZE = 16;
const HEADER_SIZE = 64;
const HEADER_NAME_LENGTH = 8;
const HEADER_IOV = 16;
const HEADER_IOV_LENGTH = 24;
const HEADER_LENGTH = 56;
const little = hostByteOrder === "little";

/** Receives the datagrams of one socket, and has those that were not asked for yet. */
export class ReceiveMany {
  readonly #fd: number;
  // The kernel has the addresses of all of these: they must live as long as this does.
  readonly #names = new DataView(new ArrayBuffer(SLOTS * NAME_SIZE));
  readonly #iovecs = new DataView(new ArrayBuffer(SLOTS * IOVEC_SIZE));
  readonly #headers = new DataView(new ArrayBuffer(SLOTS * HEADER_SIZE));
  readonly #headerBytes = new Uint8Array(this.#headers.buffer);
  readonly #slots: Uint8Array[] = [];
  /** What came last in each: making a view takes as long as a system call. */
  readonly #received: Uint8Array[] = [];
  #next = 0;
  #count = 0;

  constructor(fd: number) {
    this.#fd = fd;
    const names = libc.addressOf(new Uint8Array(this.#names.buffer));
    const iovecs = libc.addressOf(new Uint8Array(this.#iovecs.buffer));
    const memory = new Uint8Array(SLOTS * SLOT_SIZE);
    for (let slot = 0; slot < SLOTS; slot++) {
      const header = slot * HEADER_SIZE;
      this.#headers.setBigUint64(header, names + BigInt(slot * NAME_SIZE), little);
      this.#headers.setUint32(header + HEADER_NAME_LENGTH, NAME_SIZE, little);
      this.#headers.setBigUint64(header + HEADER_IOV, iovecs + BigInt(slot * IOVEC_SIZE), little);
      this.#headers.setBigUint64(header + HEADER_IOV_LENGTH, 1n, little);
      this.#setSlot(slot, memory.subarray(slot * SLOT_SIZE, (slot + 1) * SLOT_SIZE));
    }
  }

  #setSlot(slot: number, bytes: Uint8Array): void {
    this.#slots[slot] = bytes;
    this.#received[slot] = bytes.subarray(0, 0);
    this.#iovecs.setBigUint64(slot * IOVEC_SIZE, libc.addressOf(bytes), little);
    this.#iovecs.setBigUint64(slot * IOVEC_SIZE + 8, BigInt(bytes.length), little);
  }

  /** Whether the next datagram is here already. */
  get ready(): boolean {
    return this.#next < this.#count;
  }

  /** The next datagram that is there, valid until the next call. */
  receive(): Datagram | undefined {
    if (this.#next === this.#count) {
      this.#next = 0;
      this.#count = 0;
      this.#count = libc.receiveMany(this.#fd, this.#headerBytes, SLOTS);
      if (this.#count === 0) return undefined;
    }
    const slot = this.#next++;
    const length = this.#headers.getUint32(slot * HEADER_SIZE + HEADER_LENGTH, little);
    const name = slot * NAME_SIZE;
    return {
      bytes: this.#bytes(slot, length),
      portId: this.#names.getUint32(name + NAME_PORT_ID, little),
      length,
      groups: this.#names.getUint32(name + NAME_GROUPS, little),
    };
  }

  #bytes(slot: number, length: number): Uint8Array {
    const room = this.#slots[slot]!;
    if (this.#received[slot]!.length !== length) this.#received[slot] = room.subarray(0, length);
    const bytes = this.#received[slot]!;
    // It was cut; the next one of that length is not.
    if (length > room.length) this.#setSlot(slot, new Uint8Array(2 ** Math.ceil(Math.log2(length))));
    return bytes;
  }
}
