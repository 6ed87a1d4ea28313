/** Requests whose answers are still to come. */
import type { ToldRequest } from "./told.ts";

/** Requests that one socket waits for. */
const MANY_OF_A_SOCKET = 4096;
const MANY = 65_536;
/** Bytes of all of them. */
const MUCH = 32 * 2 ** 20;
const MANY_SOCKETS = 4096;

export interface OutstandingRequest extends ToldRequest {
  readonly bytes: Uint8Array;
  /** 0 where the request does not say it; the first answer then does. */
  portId: number;
  /** Whether the kernel is to say something even if all is well. */
  readonly expects: boolean;
  readonly isDump: boolean;
  /** The request changes something: what is not an acknowledgement, tells of the change. */
  readonly isChange: boolean;
  /** Whether the socket's answers are in the capture at all. */
  readonly book: Book;
  /** Answers so far that were no acknowledgement. */
  objects: number;
}

/** What one socket asked. */
export class Book {
  /** Oldest first. */
  readonly requests = new Map<number, OutstandingRequest[]>();
  count = 0;
  /** Those that are not answered when all is well. */
  silent = 0;
  sent = 0;
  received = 0;
  /** Requests were dropped here, so answers may belong to those. */
  forgot = false;
  /** Messages were lost here. */
  overrunAt: number | undefined;
  /** The last answer without a request: told of once. */
  stray: string | undefined;

  /** The request that a message answers; of several with one number the oldest that `fits`, else the oldest. */
  find(
    sequence: number,
    portId: number,
    fits: (request: OutstandingRequest) => boolean = () => true,
  ): OutstandingRequest | undefined {
    const all = this.requests.get(sequence)?.filter((entry) => isSamePort(entry.portId, portId));
    return all?.find(fits) ?? all?.[0];
  }
}

const isSamePort = (asked: number, answered: number): boolean =>
  asked === 0 || answered === 0 || asked === answered;

/**
 * The requests of all sockets. They are dropped when they are answered, and the oldest when they are too many, so that
 * a capture of any length takes the same memory.
 */
export class Outstanding {
  readonly #books = new Map<string, Book>();
  readonly #all = new Set<OutstandingRequest>();
  #bytes = 0;

  book(key: string): Book {
    let book = this.#books.get(key);
    if (!book) {
      book = new Book();
      if (this.#books.size >= MANY_SOCKETS) {
        const [oldest, { requests }] = this.#books.entries().next().value!;
        for (const entry of [...requests.values()].flat()) this.drop(entry);
        this.#books.delete(oldest);
      }
      this.#books.set(key, book);
    }
    return book;
  }

  add(request: OutstandingRequest): void {
    const { book, sequence, bytes } = request;
    this.#all.add(request);
    this.#bytes += bytes.length;
    const same = book.requests.get(sequence);
    if (same) same.push(request);
    else book.requests.set(sequence, [request]);
    book.count++;
    if (!request.expects) book.silent++;
    if (book.count > MANY_OF_A_SOCKET) this.#forget(book.requests.values().next().value![0]!);
    while (this.#all.size > MANY || this.#bytes > MUCH) this.#forget(this.#all.values().next().value!);
  }

  #forget(request: OutstandingRequest): void {
    request.book.forgot = true;
    this.drop(request);
  }

  drop(request: OutstandingRequest): void {
    if (!this.#all.delete(request)) return;
    const { book, sequence, bytes } = request;
    this.#bytes -= bytes.length;
    book.count--;
    if (!request.expects) book.silent--;
    const same = book.requests.get(sequence)!;
    if (same.length === 1) book.requests.delete(sequence);
    else same.splice(same.indexOf(request), 1);
  }

  /** The kernel answers in order: what was asked before, and would only be answered with an error, is done. */
  dropSilentBefore(request: OutstandingRequest): void {
    if (request.book.silent === 0) return;
    for (const entry of [...request.book.requests.values()].flat()) {
      if (entry !== request && !entry.expects && isBefore(entry, request)) this.drop(entry);
    }
  }

  /** In the order they were asked. */
  [Symbol.iterator](): Iterator<OutstandingRequest> {
    return this.#all.values();
  }
}

function isBefore(a: ToldRequest, b: ToldRequest): boolean {
  return a.datagram < b.datagram || (a.datagram === b.datagram && a.message < b.message);
}
