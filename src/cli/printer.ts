import { once } from "node:events";
import { type Output, OutputClosed } from "./io.ts";

/** How much text is gathered before it is written, in characters. */
const MUCH = 1 << 16;

/** Writes to a stream no faster than it is read. */
export class Printer {
  readonly stream: Output;
  #text: string[] = [];
  #length = 0;
  #failure: Error | undefined;

  constructor(stream: Output) {
    this.stream = stream;
    // Without a listener it would end the process.
    stream.on("error", (error) => this.#failed(error));
  }

  /** What became of a write; that of an earlier one, which a later one may be told of first, is the reason. */
  #failed(error: Error | null | undefined): void {
    if (error && (!this.#failure || isClosed(this.#failure))) this.#failure = error;
  }

  /** Gathers text; waits where that has become much. */
  async add(text: string): Promise<void> {
    this.#text.push(text);
    this.#length += text.length;
    if (this.#length >= MUCH) await this.flush();
  }

  /** Writes what was gathered. */
  async flush(): Promise<void> {
    if (this.#length === 0) return;
    const text = this.#text.join("");
    this.#text = [];
    this.#length = 0;
    await this.write(text);
  }

  /**
   * Writes at once, and waits until there is room for more.
   *
   * @throws OutputClosed nobody reads it any more.
   */
  async write(chunk: string | Uint8Array): Promise<void> {
    this.#refuseFailure();
    if (this.stream.write(chunk, (error) => this.#failed(error)) || this.#failure) return;
    try {
      await once(this.stream, "drain");
    } catch (error) {
      throw outcome(error);
    }
  }

  /** Writes what was gathered, and waits until all of it is written. */
  async finish(): Promise<void> {
    await this.flush();
    await new Promise<void>((resolve) => {
      this.stream.write("", (error) => {
        // The event comes later.
        this.#failed(error);
        setImmediate(resolve);
      });
    });
    this.#refuseFailure();
  }

  /** Ends a stream that is the caller's own. */
  async end(): Promise<void> {
    await this.finish();
    await new Promise<void>((resolve) => this.stream.end(() => resolve()));
  }

  #refuseFailure(): void {
    if (this.#failure) throw outcome(this.#failure);
  }
}

const CLOSED = ["EPIPE", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"];

const isClosed = (error: unknown): boolean => CLOSED.includes((error as NodeJS.ErrnoException).code ?? "");

function outcome(error: unknown): unknown {
  return isClosed(error) ? new OutputClosed("nobody reads the output") : error;
}
