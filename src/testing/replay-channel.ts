import type { Failed, ReceivedDatagram } from "../decode/capture/fixture.ts";
import { ERRNO } from "../netlink/errno.ts";
import { ClosedError, InputError, NetlinkError, OverrunError, SystemError } from "../netlink/errors.ts";
import type { Channel, Datagram } from "../netlink/socket/channel.ts";
import type { ReplayError } from "./replay-error.ts";
import type { Arrival } from "./script.ts";

/** What a channel asks of its replay. */
export interface Stage {
  /** Takes what a program sends; the answers come through {@link ReplayChannel.arrive}. */
  sent(channel: ReplayChannel, datagram: Uint8Array): void;
  joined(channel: ReplayChannel, group: number): void;
  /** Nothing will ever come: why. */
  silence(channel: ReplayChannel): ReplayError | undefined;
  closed(channel: ReplayChannel): void;
}

export interface ReplayChannelOptions {
  readonly label: string;
  readonly protocol: number;
  readonly portId: number;
  readonly maxSend: number;
  readonly maxReplies: number;
}

/** A channel whose kernel is a recording. */
export class ReplayChannel implements Channel {
  readonly kind = "replay";
  readonly label: string;
  readonly protocol: number;
  readonly portId: number;
  readonly maxSend: number;
  readonly maxReplies: number;
  readonly #stage: Stage;
  readonly #queue: Arrival[] = [];
  #waiter: (() => void) | undefined;
  #turn: NodeJS.Immediate | undefined;
  #silence: ReplayError | undefined;
  #lost = 0;
  #closed = false;

  constructor(stage: Stage, { label, protocol, portId, maxSend, maxReplies }: ReplayChannelOptions) {
    this.#stage = stage;
    this.label = label;
    this.protocol = protocol;
    this.portId = portId;
    this.maxSend = maxSend;
    this.maxReplies = maxReplies;
  }

  send(datagram: Uint8Array): void {
    this.#mustBeOpen();
    if (datagram.length === 0 || datagram.length > this.maxSend)
      throw new InputError("datagram", `1 to ${this.maxSend} bytes`, datagram);
    this.#stage.sent(this, datagram);
  }

  receive(): Datagram | undefined {
    if (this.#closed) return undefined;
    const next = this.#queue.shift();
    if (next?.event === "failed") throw this.#failure(next);
    if (next) return datagramOf(next);
    const silence = this.#silence;
    this.#silence = undefined;
    if (silence) throw silence;
    return undefined;
  }

  #failure({ syscall, code, lost }: Failed): NetlinkError {
    this.#lost += lost ?? 0;
    return failureOf(syscall, code, lost);
  }

  /** What was recorded comes now. */
  arrive(arrivals: readonly Arrival[]): void {
    if (this.#closed) return;
    this.#queue.push(...arrivals);
    if (this.#waiter) this.#wakeLater();
  }

  wait(readable: (() => void) | undefined): void {
    if (readable) this.#mustBeOpen();
    this.#waiter = readable;
    if (this.#turn) clearImmediate(this.#turn);
    this.#turn = undefined;
    if (readable) this.#wakeLater();
  }

  /** Keeps the process alive for one turn of the event loop: time is not real, what is to come is there by then. */
  #wakeLater(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      if (this.#queue.length === 0) this.#silence = this.#stage.silence(this);
      if (this.#queue.length === 0 && !this.#silence) return;
      const waiter = this.#waiter;
      this.#waiter = undefined;
      waiter?.();
    });
  }

  lost(): number {
    return this.#lost;
  }

  join(group: number): void {
    this.#mustBeOpen();
    this.#stage.joined(this, group);
  }

  leave(): void {
    this.#mustBeOpen();
  }

  close(): void {
    if (this.#closed) return;
    this.wait(undefined);
    this.#closed = true;
    this.#stage.closed(this);
  }

  #mustBeOpen(): void {
    if (this.#closed) throw new ClosedError("replayed channel");
  }
}

/** The error that a recorded failure was. */
export function failureOf(syscall: string, code: string, lost: number | undefined): NetlinkError {
  if (code === "ENOBUFS" && lost !== undefined) return new OverrunError(lost);
  const errno = ERRNO[code as keyof typeof ERRNO];
  return errno === undefined
    ? new NetlinkError(code, `${syscall}: ${code}`)
    : new SystemError(syscall, errno);
}

function datagramOf({
  bytes,
  from = 0,
  length = bytes.length,
  groups = 0,
  nsid,
}: ReceivedDatagram): Datagram {
  return { bytes, portId: from, length, groups, nsid };
}
