import type { Client, ListOptions } from "./client.ts";
import { NotSentError } from "./errors.ts";
import type { RequestOptions } from "./pending.ts";
import type { Request } from "./request.ts";

/** Changes that are queued before they are sent, unless something else sends them earlier. */
const FULL = 512;

interface Queued {
  readonly request: Request<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

/** What sends requests: a client, or a batch of one. */
export type Requester = Pick<Client, "request" | "pipeline" | "list" | "inNetns">;

/**
 * A client that gathers changes and sends many at once. What reads the kernel's objects sends the changes before it
 * first, so that it sees them.
 */
export class Batch implements Requester {
  readonly #client: Client;
  readonly #stopOnError: boolean;
  #queue: Queued[] = [];
  #scheduled = false;
  #failure: unknown;

  constructor(client: Client, stopOnError: boolean) {
    this.#client = client;
    this.#stopOnError = stopOnError;
  }

  request<R>(request: Request<R>, options?: RequestOptions): Promise<R | undefined> {
    if (request.reply !== undefined) {
      this.flush();
      return this.#client.request(request, options);
    }
    return new Promise<R | undefined>((resolve, reject) => {
      this.#queue.push({ request, resolve: resolve as (value: unknown) => void, reject });
      if (this.#queue.length >= FULL) this.flush();
      else this.#schedule();
    });
  }

  pipeline<R>(requests: readonly Request<R>[], options?: RequestOptions): Promise<R | undefined>[] {
    return requests.map((request) => this.request(request, options));
  }

  list<R>(request: Request<R>, options?: ListOptions): Promise<R[]> {
    this.flush();
    return this.#client.list(request, options);
  }

  inNetns(netns: number): Client {
    this.flush();
    return this.#client.inNetns(netns);
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.flush();
    });
  }

  /** Sends what is queued. */
  flush(): void {
    const queue = this.#queue.splice(0);
    if (queue.length === 0) return;
    if (this.#failure !== undefined) {
      for (const { reject } of queue) reject(this.#failure);
      return;
    }
    let answers: Promise<unknown>[];
    try {
      const requests = queue.map(({ request }) => request);
      answers = this.#client.pipeline(requests, { stopOnError: this.#stopOnError });
    } catch (error) {
      this.#refuse(queue, error);
      return;
    }
    for (const [index, answer] of answers.entries()) {
      const { request, resolve, reject } = queue[index]!;
      answer.then(resolve, (error: unknown) => {
        if (this.#stopOnError) this.#failure ??= new NotSentError(request.operation.constant);
        reject(error);
      });
    }
  }

  /** One value that cannot be sent is its own request's fault alone. */
  #refuse(queue: readonly Queued[], error: unknown): void {
    if (queue.length === 1) {
      queue[0]!.reject(error);
      return;
    }
    for (const entry of queue) {
      this.#queue = [entry];
      this.flush();
    }
  }
}
