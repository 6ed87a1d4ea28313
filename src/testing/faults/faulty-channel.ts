import { Families } from "../../decode/families.ts";
import { align4 } from "../../netlink/codec/byte-order.ts";
import { Input } from "../../netlink/codec/input.ts";
import { messagesOf } from "../../netlink/codec/nlmsg.ts";
import { OverrunError } from "../../netlink/errors.ts";
import type { Channel, Datagram, OpenChannel } from "../../netlink/socket/channel.ts";
import { WrappedChannel } from "../../netlink/socket/wrapped-channel.ts";
import { type Arriving, type Fault, type OutgoingRequest, outgoing } from "./fault.ts";

/**
 * Channels on which something goes wrong: on a replay's, or on a real kernel's.
 *
 * @example
 * const ns = await Netns.create("red", { open: withFaults(openChannel, refuse("EBUSY", { request: "RTM_DELLINK" })) });
 */
export function withFaults(open: OpenChannel, ...faults: readonly Fault[]): OpenChannel {
  return (options) => new FaultyChannel(open(options), faults);
}

/** Requests whose answers are told apart. */
const MANY = 65_536;

class FaultyChannel extends WrappedChannel {
  readonly #faults: readonly Fault[];
  readonly #families = new Families();
  readonly #asked = new Map<number, OutgoingRequest>();
  readonly #queue: (Datagram | Error)[] = [];
  readonly #late: { datagram: Datagram; turns: number }[] = [];
  #waiter: (() => void) | undefined;
  #turn: NodeJS.Immediate | undefined;
  #lost = 0;

  constructor(inner: Channel, faults: readonly Fault[]) {
    super(inner);
    this.#faults = faults;
  }

  get #protocol() {
    return this.#families.protocolOf(this.protocol);
  }

  override send(datagram: Uint8Array): void {
    const passing: OutgoingRequest[] = [];
    let refused = 0;
    for (const request of outgoing(datagram, this.#protocol, this.portId)) {
      this.#remember(request);
      const answer = firstOf(this.#faults, (fault) => fault.refuses?.(request));
      if (!answer) {
        passing.push(request);
        continue;
      }
      refused++;
      this.#queue.push({ bytes: answer, portId: 0, length: answer.length });
    }
    if (refused === 0) super.send(datagram);
    else if (passing.length > 0) super.send(joined(passing));
  }

  /** The oldest is forgotten: it has been answered. */
  #remember(request: OutgoingRequest): void {
    this.#asked.set(request.sequence, request);
    if (this.#asked.size > MANY) this.#asked.delete(this.#asked.keys().next().value!);
  }

  override receive(): Datagram | undefined {
    for (;;) {
      const next = this.#queue.shift();
      if (next instanceof Error) throw next;
      if (next) return next;
      const datagram = super.receive();
      if (!datagram) return undefined;
      const arriving = this.#arriving(datagram);
      if (!arriving) return datagram;
      for (const entry of arriving) this.#arrive(entry);
    }
  }

  #arriving(datagram: Datagram): Arriving[] | undefined {
    this.#families.learn({ bytes: datagram.bytes, protocol: this.protocol });
    const [first] = messagesOf(new Input(datagram.bytes));
    const own = first && first.portId === this.portId ? this.#asked.get(first.sequence) : undefined;
    return firstOf(this.#faults, (fault) => fault.arrives?.(datagram, own, this.#protocol));
  }

  /** The inner channel uses its buffer again: what waits is a copy. */
  #arrive(entry: Arriving): void {
    if ("error" in entry) {
      if (entry.error instanceof OverrunError) this.#lost += entry.error.lost ?? 0;
      this.#queue.push(entry.error);
      return;
    }
    const datagram = { ...entry.datagram, bytes: entry.datagram.bytes.slice() };
    if (entry.turns === undefined) this.#queue.push(datagram);
    else this.#late.push({ datagram, turns: entry.turns });
  }

  override wait(readable: (() => void) | undefined): void {
    if (this.#turn) clearImmediate(this.#turn);
    this.#turn = undefined;
    this.#waiter = readable;
    const isDue = this.#queue.length > 0 || this.#late.some(({ turns }) => Number.isFinite(turns));
    if (readable && isDue) this.#turn = setImmediate(() => this.#next());
    super.wait(readable && !isDue ? () => this.#wake() : undefined);
  }

  /** A turn of the event loop has passed. */
  #next(): void {
    this.#turn = undefined;
    for (const entry of this.#late.splice(0)) {
      if (entry.turns > 1) this.#late.push({ ...entry, turns: entry.turns - 1 });
      else this.#queue.push(entry.datagram);
    }
    if (this.#queue.length > 0) this.#wake();
    else this.wait(this.#waiter);
  }

  #wake(): void {
    const waiter = this.#waiter;
    this.wait(undefined);
    waiter?.();
  }

  override lost(): number {
    return this.#lost + super.lost();
  }

  override close(): void {
    this.wait(undefined);
    super.close();
  }
}

function firstOf<T>(faults: readonly Fault[], ask: (fault: Fault) => T | undefined): T | undefined {
  for (const fault of faults) {
    const answer = ask(fault);
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Messages in one datagram; each begins at a multiple of four. */
function joined(requests: readonly OutgoingRequest[]): Uint8Array {
  const starts: number[] = [];
  let end = 0;
  for (const { bytes } of requests) {
    starts.push(align4(end));
    end = align4(end) + bytes.length;
  }
  const datagram = new Uint8Array(end);
  for (const [index, { bytes }] of requests.entries()) datagram.set(bytes, starts[index]);
  return datagram;
}
