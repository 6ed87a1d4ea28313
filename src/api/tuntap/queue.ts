import { closeSync, readSync, writeSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { ClosedError, InputError, NetlinkError } from "../../netlink/errors.ts";
import { Watch } from "../../netlink/socket/watch.ts";
import { explain, failureCode } from "../netns/system-error.ts";
import type { Attached } from "./device.ts";

/** The largest IP packet, and the headers in front of it. */
const LARGEST = 0xffff + 64;
/** How long a burst may keep the event loop from other work, in milliseconds. */
const STALL = 10;

/**
 * A program's end of a TUN or TAP link: what the kernel sends over the link is read here, and what is written here has
 * come in by the link.
 *
 * Waiting for packets keeps the process alive; nothing else of it does. A link that is not persistent goes when its
 * last queue is closed.
 */
export class TuntapQueue implements AsyncDisposable, Disposable {
  /** The link's name when it was opened. */
  readonly ifname: string;
  readonly mode: "tun" | "tap";
  readonly #fd: number;
  readonly #watch: Watch;
  #reading = false;
  #wake: (() => void) | undefined;
  #closed = false;

  /** @param attached - owned by the queue from here on. */
  constructor(attached: Attached, mode: "tun" | "tap") {
    this.ifname = attached.ifname;
    this.mode = mode;
    this.#fd = attached.fd;
    this.#watch = new Watch(attached.fd);
  }

  /**
   * Packets as the kernel sends them, each of its own bytes, until the queue is closed. Those that nobody reads wait in
   * the link's queue (`txqlen`), and the kernel drops what does not fit.
   *
   * @throws NetlinkError `ERR_NETLINK_BUSY` something else reads already.
   * @throws SystemError `EBADFD` the link was deleted.
   */
  async *packets({ signal }: { signal?: AbortSignal } = {}): AsyncGenerator<Uint8Array, void, void> {
    if (this.#reading) throw new NetlinkError("ERR_NETLINK_BUSY", `${this.ifname} is read already`);
    this.#reading = true;
    const buffer = new Uint8Array(LARGEST);
    let until = performance.now() + STALL;
    try {
      while (!this.#closed) {
        signal?.throwIfAborted();
        const length = this.#read(buffer);
        if (length !== undefined) {
          yield buffer.slice(0, length);
          if (performance.now() < until) continue;
          await setImmediate();
        } else {
          await this.#readable(signal);
        }
        until = performance.now() + STALL;
      }
    } finally {
      this.#reading = false;
    }
  }

  /**
   * Has a packet come in by the link.
   *
   * @throws SystemError `EIO` the link is down; `EINVAL` it is no such packet.
   */
  write(packet: Uint8Array): void {
    if (this.#closed) throw new ClosedError(this.ifname);
    if (!(packet instanceof Uint8Array)) throw new InputError("packet", "a Uint8Array", packet);
    try {
      writeSync(this.#fd, packet);
    } catch (error) {
      const hint = failureCode(error) === "EIO" ? "the link is down" : undefined;
      throw explain(error, this.ifname, hint);
    }
  }

  #read(buffer: Uint8Array): number | undefined {
    try {
      return readSync(this.#fd, buffer);
    } catch (error) {
      const code = failureCode(error);
      if (code === "EAGAIN" || code === "EINTR") return undefined;
      throw explain(error, this.ifname, code === "EBADFD" ? "the link was deleted" : undefined);
    }
  }

  async #readable(signal: AbortSignal | undefined): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      signal?.addEventListener("abort", this.#wake, { once: true });
      this.#watch.wait(this.#wake);
    });
    signal?.removeEventListener("abort", this.#wake!);
    this.#wake = undefined;
    if (!this.#closed) this.#watch.wait(undefined);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.close();
    closeSync(this.#fd);
    this.#wake?.();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }
}
