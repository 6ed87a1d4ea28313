import type { Channel, Datagram } from "./channel.ts";

/** A channel that is another one, but for what a class made from it changes. */
export class WrappedChannel implements Channel {
  readonly #inner: Channel;

  constructor(inner: Channel) {
    this.#inner = inner;
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
    this.#inner.send(datagram);
  }

  receive(): Datagram | undefined {
    return this.#inner.receive();
  }

  wait(readable: (() => void) | undefined): void {
    this.#inner.wait(readable);
  }

  lost(): number {
    return this.#inner.lost();
  }

  join(group: number): void {
    this.#inner.join(group);
  }

  leave(group: number): void {
    this.#inner.leave(group);
  }

  close(): void {
    this.#inner.close();
  }
}
