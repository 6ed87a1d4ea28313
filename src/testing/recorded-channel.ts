import { NetlinkError, OverrunError, SystemError } from "../netlink/errors.ts";
import type { Channel, Datagram } from "../netlink/socket/channel.ts";
import { WrappedChannel } from "../netlink/socket/wrapped-channel.ts";
import type { Told } from "./record.ts";

/** A channel that tells what happens on it. */
export class RecordedChannel extends WrappedChannel {
  readonly #tell: (told: Told) => void;
  #closed = false;

  constructor(inner: Channel, tell: (told: Told) => void) {
    super(inner);
    this.#tell = tell;
  }

  override send(datagram: Uint8Array): void {
    // The kernel may change nothing about it, but the client uses its buffer again.
    const bytes = datagram.slice();
    try {
      super.send(datagram);
    } catch (error) {
      this.#tell({ event: "sent", bytes });
      this.#tellFailure("sendmsg", error);
      throw error;
    }
    this.#tell({ event: "sent", bytes });
  }

  override receive(): Datagram | undefined {
    let datagram: Datagram | undefined;
    try {
      datagram = super.receive();
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

  override join(group: number): void {
    super.join(group);
    this.#tell({ event: "join", group });
  }

  override leave(group: number): void {
    super.leave(group);
    this.#tell({ event: "leave", group });
  }

  override close(): void {
    super.close();
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
