/** The calls of this library that send the messages of a capture. */
import { hostByteOrder } from "../../netlink/codec/byte-order.ts";
import { formatLine } from "../line.ts";
import type { Told, ToldMessage } from "../told.ts";
import { type Call, callOf } from "./call.ts";
import { Imports } from "./imports.ts";
import type { OutputOptions } from "./options.ts";

/**
 * A program that sends a datagram's requests; what is no request is a comment.
 *
 * The values are those of the messages. How they were written (a nest's flag, a missing NUL, padding) is this library's
 * own, and a comment says so where the bytes then differ; `exact` sends the very bytes. Sequence numbers are the
 * client's, and so is NLM_F_ACK in a change by itself.
 */
export function typescript(told: Told, { exact = false }: OutputOptions = {}): string {
  const imports = new Imports();
  const requests = told.messages.filter(({ message }) => message.direction === "sent");
  const isOne = requests.length === 1;
  const calls = new Map<ToldMessage, Call>();
  for (const entry of requests) {
    const call = callOf(told, entry.message, imports, { exact, isAcknowledged: entry === requests.at(-1) });
    if (call) calls.set(entry, call);
  }
  const protocol = calls.size > 0 ? imports.findProtocol(told.protocol.number) : undefined;
  if (protocol === undefined) return told.messages.map(commentOf).join("\n");
  // What stood in one datagram goes out in one: a batch of nftables is nothing otherwise.
  const isRow = !isOne && [...calls.values()].every(({ kind }) => kind !== "dump");
  const body = told.messages.flatMap((entry) => {
    const call = calls.get(entry);
    if (!call) return commentOf(entry);
    const line = isRow
      ? `${call.request},`
      : `await client.${call.kind === "dump" ? "list" : "request"}(${call.request});`;
    return [...call.notes.map((note) => `// ${note}`), line].join("\n");
  });
  imports.use("Client");
  return [
    ...imports.lines(),
    "",
    ...(told.byteOrder === hostByteOrder ? [] : [`// the capture is ${told.byteOrder} endian`]),
    `await using client = new Client({ protocol: ${protocol} });`,
    ...(isRow ? ["await Promise.all(client.pipeline<unknown>([", indented(body.join("\n")), "]));"] : body),
  ].join("\n");
}

const commentOf = (entry: ToldMessage): string => `// ${formatLine(entry.message, { told: entry })}`;

const indented = (text: string): string => text.replace(/^(?=.)/gm, "  ");
