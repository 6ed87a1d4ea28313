/** What a client, and each of its calls, can be told. */
import type { Protocol } from "./codec/protocol.ts";
import type { DumpOptions } from "./dump.ts";
import type { RequestOptions } from "./pending.ts";
import type { OpenChannel } from "./socket/channel.ts";

export interface ClientOptions {
  readonly protocol: Protocol;
  /** Descriptor of the network namespace to work in, kept open by its owner; default: the caller's own. */
  readonly netns?: number | undefined;
  /** What opens the sockets: a recorder or a recording may stand here. */
  readonly open?: OpenChannel | undefined;
  /** Milliseconds to wait for an answer; default 10,000. */
  readonly timeout?: number | undefined;
  /** Receive buffer of the sockets, in bytes. */
  readonly receiveBuffer?: number | undefined;
}

export interface ListOptions extends DumpOptions {
  /** How often a dump is repeated when objects changed meanwhile; default 8. */
  readonly retries?: number | undefined;
  /**
   * Decodes objects when they are looked at, and as far as they are (`lazyList`): for tables of hundreds of
   * thousands, and where few fields are read. Default false.
   *
   * An object that is kept keeps the memory that it came in, up to 8 MiB with its neighbours: keep a copy of one,
   * `{ ...route }`.
   */
  readonly lazy?: boolean | undefined;
}

export interface GetOptions extends RequestOptions {
  /**
   * Decodes the object when it is looked at, and as far as it is (`viewer` of the codec); at once where other requests are
   * under way. Default false.
   */
  readonly lazy?: boolean | undefined;
}

export interface PipelineOptions extends RequestOptions {
  /**
   * Send nothing after a request that failed. The requests then go one a send, because the kernel works through all of
   * a send whatever happens. Default false.
   */
  readonly stopOnError?: boolean | undefined;
}
