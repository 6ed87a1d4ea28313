import { NetlinkError, OverrunError, SystemError } from "../netlink/errors.ts";
import type { Channel, Datagram } from "../netlink/socket/channel.ts";
import type { Told } from "./record.ts";

/** A channel that tells what happens on it. */
export class RecordedChannel implements Channel {
  readonly #inner: Channel;
  readonly #tell: (told: Told) => void;
  #closed = false;

  constructor(inner: Channel, tell: (told: Told) => void) {
    this.#inner = inner;
    this.#tell = tell;
  }

  get kind(): string {
    return this.#inner.kind;
  }

  get because(): string | undefined {
    return this.#inner.because;
  }

  get protocol(): number {
    return this.#inner.protocol;
  }

  get portId(): number {
    return this.#inner.portId;
  }

  get maxSend(): number {
    return this.#inner.maxSend;
  }

  get maxReplies(): number {
    return this.#inner.maxReplies;
  }

  send(datagram: Uint8Array): void {
    // The kernel may change nothing about it, but the client uses its buffer again.
    const bytes = datagram.slice();
    try {
      this.#inner.send(datagram);
    } catch (error) {
      this.#tell({ event: "sent", bytes });
      this.#tellFailure("sendmsg", error);
      throw error;
    }
    this.#tell({ event: "sent", bytes });
  }

  receive(): Datagram | undefined {
    let datagram: Datagram | undefined;
    try {
      datagram = this.#inner.receive();
    } catch (error) {
      this.#tellFailure("recvmsg", error);
      throw error;
    }
    if (datagram)
      this.#tell({ event: "received", ...recordedMembers(datagram), bytes: datagram.bytes.slice() });
    return datagram;
  }

  #tellFailure(syscall: string, error: unknown): void {
    if (!(error instanceof NetlinkError)) return;
    const lost = error instanceof OverrunError ? error.lost : undefined;
    this.#tell({
      event: "failed",
      syscall: error instanceof SystemError ? error.syscall : syscall,
      code: error.code,
      lost,
    });
  }

  wait(readable: (() => void) | undefined): void {
    this.#inner.wait(readable);
  }

  lost(): number {
    return this.#inner.lost();
  }

  join(group: number): void {
    this.#inner.join(group);
    this.#tell({ event: "join", group });
  }

  leave(group: number): void {
    this.#inner.leave(group);
    this.#tell({ event: "leave", group });
  }

  close(): void {
    this.#inner.close();
    if (!this.#closed) this.#tell({ event: "close" });
    this.#closed = true;
  }
}

/** What is not usual about a datagram. */
function recordedMembers({ portId, bytes, length, groups, nsid }: Datagram) {
  return {
    from: portId === 0 ? undefined : portId,
    length: length === bytes.length ? undefined : length,
    groups: groups === 0 ? undefined : groups,
    nsid,
  };
}
