import { beginMessage, endMessage } from "./codec/nlmsg.ts";
import type { Output } from "./codec/output.ts";
import type { MessageType } from "./codec/protocol.ts";
import { NLM_F_ACK, NLM_F_DUMP, NLM_F_REQUEST } from "./constants.ts";

/** Something to ask of the kernel. Made by the functions of `rtnl`, sent by a client. */
export interface Request<Reply> {
  readonly operation: MessageType<unknown>;
  /** NLM_F_CREATE, NLM_F_REPLACE …; the client adds NLM_F_REQUEST and, where nothing else answers, NLM_F_ACK. */
  readonly flags: number;
  readonly value: object;
  /** What the answers look like; a request without is only acknowledged. */
  readonly reply?: MessageType<Reply> | undefined;
}

/** A request that is acknowledged: NEW, DEL, SET. */
export function change<T>(operation: MessageType<T>, value: Partial<T>, flags = 0): Request<never> {
  return { operation: operation as MessageType<unknown>, flags, value };
}

/** A request that one object answers: GET. */
export function get<T, R>(operation: MessageType<T>, value: Partial<T>, reply: MessageType<R>): Request<R> {
  return { operation: operation as MessageType<unknown>, flags: 0, value, reply };
}

/** A request that is answered by all objects it matches: GET with NLM_F_DUMP. */
export function dump<T, R>(operation: MessageType<T>, value: Partial<T>, reply: MessageType<R>): Request<R> {
  return { operation: operation as MessageType<unknown>, flags: NLM_F_DUMP, value, reply };
}

/** Appends the request as one message and returns where it starts. */
export function encodeRequest(output: Output, request: Request<unknown>, sequence: number): number {
  const start = beginMessage(output, request.operation.type, NLM_F_REQUEST | request.flags, sequence);
  request.operation.message.encode(output, request.value);
  endMessage(output, start);
  return start;
}

/** Asks for an acknowledgement of the message that starts at `start`. */
export function acknowledge(output: Output, start: number): void {
  const flags = output.view.getUint16(start + 6, output.little);
  output.view.setUint16(start + 6, flags | NLM_F_ACK, output.little);
}
