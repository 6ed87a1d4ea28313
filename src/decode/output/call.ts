/** A message as the request of this library that makes it. */
import { Input } from "../../netlink/codec/input.ts";
import { Output } from "../../netlink/codec/output.ts";
import { type MessageType, type Protocol, typeOf } from "../../netlink/codec/protocol.ts";
import { isRecord } from "../../netlink/codec/record.ts";
import type { Explained } from "../../netlink/codec/shape.ts";
import * as c from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import type { ExplainedMessage } from "../explain.ts";
import { verbOf } from "../header.ts";
import type { Told } from "../told.ts";
import { quoted } from "../value.ts";
import { walk } from "../walk.ts";
import type { Imports } from "./imports.ts";
import { hexLiteral, literal } from "./literal.ts";

export interface Call {
  readonly kind: "change" | "get" | "dump";
  /** `change(RTM_NEWLINK_TYPE, { ifname: "veth0" }, NLM_F_CREATE)` */
  readonly request: string;
  /** What the request does not say, or says otherwise. */
  readonly notes: readonly string[];
}

export interface CallOptions {
  /** The bytes of the capture, where the library writes others. */
  readonly exact: boolean;
  /** The client asks for an acknowledgement where nothing else answers: in a row of requests, of the last alone. */
  readonly isAcknowledged: boolean;
}

/** The request that makes a message; undefined where nothing here can. */
export function callOf(
  told: Told,
  message: ExplainedMessage,
  imports: Imports,
  { exact, isAcknowledged }: CallOptions,
): Call | undefined {
  const { protocol, captured, byteOrder } = told;
  const type = typeOf(protocol, message.type, true);
  const at = message.offset + c.NLMSG_HDRLEN;
  const length = Math.min(message.offset + message.length, captured.bytes.length) - at;
  if (!type || length < 0) return undefined;
  const operation = expression(protocol, type, true, imports);
  if (operation === undefined) return undefined;
  const input = new Input(captured.bytes, { byteOrder });
  const value = type.message.decode(input, at, length) as Record<string, unknown>;
  dropZeros(message.parts, value);
  const payload = captured.bytes.subarray(at, at + length);
  const differs = difference(type, value, payload, told);
  const notes: string[] = [];
  let argument = literal(value);
  if (differs !== undefined && exact) {
    imports.use("decodePayload");
    notes.push(...`what it says: ${literal(value)}`.split("\n"));
    argument = `decodePayload(${operation}.message, ${hexLiteral(payload)}, { exact: true })`;
  } else if (differs !== undefined) {
    notes.push(`${innermost(message.parts, at + differs)} is written otherwise in the capture`);
  }
  const kind = kindOf(protocol, message);
  const own = new Set(["NLM_F_REQUEST"]);
  if (kind === "dump") own.add("NLM_F_DUMP");
  if (kind === "change" && isAcknowledged) {
    own.add("NLM_F_ACK");
    if ((message.flags & c.NLM_F_ACK) === 0) notes.push("the capture's asks for no acknowledgement");
  }
  imports.use(kind);
  const flags = message.flagNames.filter((name) => !own.has(name));
  if (flags.length > 0 && kind === "dump") flags.unshift("NLM_F_DUMP");
  for (const name of flags) if (name.startsWith("NLM_F_")) imports.use(name);
  const said = flags.join(" | ");
  if (kind === "change") {
    return { kind, request: `change(${operation}, ${argument}${said === "" ? "" : `, ${said}`})`, notes };
  }
  const reply = expression(protocol, replyOf(protocol, type, kind), false, imports);
  const request = `${kind}(${operation}, ${argument}, ${reply})`;
  return { kind, request: said === "" ? request : `{ ...${request}, flags: ${said} }`, notes };
}

function kindOf(protocol: Protocol, { type, flags, parts }: ExplainedMessage): Call["kind"] {
  const verb = verbOf(protocol, type);
  if (verb === "NEW" || verb === "DEL") return "change";
  if ((flags & c.NLM_F_DUMP) === c.NLM_F_DUMP) return "dump";
  if (verb === "GET" || protocol.number === c.NETLINK_SOCK_DIAG) return "get";
  if (protocol.number !== c.NETLINK_GENERIC) return "change";
  // A command that has no name here is a question if nothing else is to answer it.
  const command = parts[0]?.value;
  const isQuestion = typeof command === "string" ? /^get|get$/.test(command) : (flags & c.NLM_F_ACK) === 0;
  return isQuestion ? "get" : "change";
}

/** What answers a GET: in rtnetlink's fours two before it. */
function replyOf(protocol: Protocol, type: MessageType<unknown>, kind: Call["kind"]): MessageType<unknown> {
  const { types } = protocol;
  const isOwn = kind === "dump" && protocol.requests.has(type.type);
  const before = protocol.number === c.NETLINK_ROUTE && !isOwn ? types.get(type.type - 2) : undefined;
  return before ?? types.get(type.type) ?? type;
}

/** How a program writes a message type. */
function expression(
  protocol: Protocol,
  type: MessageType<unknown>,
  isRequest: boolean,
  imports: Imports,
): string | undefined {
  const exported = imports.find(type);
  if (exported) return exported;
  if (protocol.number === c.NETLINK_GENERIC)
    return `${imports.use("familyType", "nlkit/genl")}(${type.type}, ${quoted(type.constant)})`;
  const whole = imports.findProtocol(protocol.number);
  if (!whole) return undefined;
  const map = isRequest && protocol.requests.has(type.type) ? "requests" : "types";
  return `${whole}.${map}.get(${type.type})!`;
}

/** Fields of a message's header that are zero need not be said; neither in a message inside an attribute. */
function dropZeros(parts: readonly Explained[], value: Record<string, unknown>, isMessage = true): void {
  for (const { name, children, attributeType, shape, value: leaf, number } of parts) {
    const inner = value[name];
    if (children && isRecord(inner)) dropZeros(children, inner, shape?.startsWith("message "));
    const zero = number ?? leaf;
    const isZero = zero === 0 || zero === 0n || zero === false || zero === "";
    if (isMessage && attributeType === undefined && isZero) delete value[name];
  }
}

/** `linkinfo.data, byte 60,` */
function innermost(parts: readonly Explained[], byte: number): string {
  let found = "";
  for (const { part, path } of walk(parts)) if (part.start <= byte && byte < part.end) found = `${path}, `;
  return `${found}byte ${byte},`;
}

/** The first byte of the payload that encoding gives otherwise. */
function difference(
  { message }: MessageType<unknown>,
  value: object,
  payload: Uint8Array,
  { byteOrder }: Told,
): number | undefined {
  const output = new Output(byteOrder);
  try {
    message.encode(output, value);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return 0;
  }
  const again = output.bytes.subarray(0, output.at);
  const first = payload.findIndex((byte, index) => again[index] !== byte);
  if (first >= 0) return first;
  return again.length === payload.length ? undefined : payload.length;
}
