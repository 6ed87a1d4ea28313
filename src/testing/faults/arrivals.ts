/** Answers that get lost, come late, twice, or not whole. */
import { Input } from "../../netlink/codec/input.ts";
import { messagesOf } from "../../netlink/codec/nlmsg.ts";
import { NLM_F_DUMP_INTR } from "../../netlink/constants.ts";
import { OverrunError } from "../../netlink/errors.ts";
import { chooser, type Fault, type FaultOptions, isDump, type OutgoingRequest } from "./fault.ts";

const FLAGS = 6;

export interface OverrunOptions extends Pick<FaultOptions, "request" | "after"> {
  /** Messages that the kernel says were lost; default 1. */
  readonly lost?: number | undefined;
}

/**
 * The receive buffer overflows: one datagram is lost, and receiving fails with OverrunError in its place.
 *
 * @param options - `request`: lose an answer to such a request, `"none"` a notification; default whatever comes.
 */
export function overrun({ request: type, after = 0, lost = 1 }: OverrunOptions = {}): Fault {
  let seen = 0;
  return {
    arrives(_, request) {
      if (type !== undefined && (request?.type ?? "none") !== type) return undefined;
      return seen++ === after ? [{ error: new OverrunError(lost) }] : undefined;
    },
  };
}

/** Objects change while they are listed: the answers of a dump carry NLM_F_DUMP_INTR. */
export function interruptDump(options: FaultOptions = {}): Fault {
  const isChosen = chooser(options);
  return {
    arrives(datagram, request) {
      if (!request || !isDump(request) || !isChosen(request)) return undefined;
      const bytes = datagram.bytes.slice();
      const input = new Input(bytes);
      for (const { offset, flags } of messagesOf(input))
        input.view.setUint16(offset + FLAGS, flags | NLM_F_DUMP_INTR, input.little);
      return [{ datagram: { ...datagram, bytes } }];
    },
  };
}

/** The answer does not fit the reader's buffer: only its first `length` bytes arrive. */
export function truncate(length: number, options: FaultOptions = {}): Fault {
  return onAnswers(options, (datagram) => [
    { datagram: { ...datagram, bytes: datagram.bytes.subarray(0, length) } },
  ]);
}

export interface LateOptions extends FaultOptions {
  /** Turns of the event loop it takes; Infinity loses it. Default 1. */
  readonly turns?: number | undefined;
}

/** The answer is not there yet when the request was sent. */
export function late({ turns = 1, ...options }: LateOptions = {}): Fault {
  return onAnswers(options, (datagram) => [{ datagram, turns }]);
}

/** The answer comes twice. */
export function duplicate(options: FaultOptions = {}): Fault {
  return onAnswers(options, (datagram) => [{ datagram }, { datagram }]);
}

/** Strikes the datagrams that answer the chosen requests. */
function onAnswers(
  options: FaultOptions,
  strike: (...args: Parameters<NonNullable<Fault["arrives"]>>) => ReturnType<NonNullable<Fault["arrives"]>>,
): Fault {
  const isChosen = chooser(options);
  const answers = (request: OutgoingRequest | undefined) => request !== undefined && isChosen(request);
  return {
    arrives: (datagram, request, protocol) =>
      answers(request) ? strike(datagram, request, protocol) : undefined,
  };
}
