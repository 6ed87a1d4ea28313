/** The calls of this library that send the messages of a capture. */
import * as genl from "../../genl/index.ts";
import { Input } from "../../netlink/codec/input.ts";
import { Output } from "../../netlink/codec/output.ts";
import { type MessageType, type Protocol, typeOf } from "../../netlink/codec/protocol.ts";
import { isRecord } from "../../netlink/codec/record.ts";
import type { Explained } from "../../netlink/codec/shape.ts";
import * as c from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import * as rtnl from "../../rtnl/index.ts";
import { verbOf } from "../header.ts";
import { formatLine } from "../line.ts";
import type { Told, ToldMessage } from "../told.ts";
import { quoted } from "../value.ts";
import { walk } from "../walk.ts";
import { hexLiteral, literal } from "./literal.ts";
import type { OutputOptions } from "./options.ts";

/** What can be imported, and from where. */
const modules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "nlkit/rtnl": rtnl,
  "nlkit/genl": genl,
};

type Imports = Map<string, Set<string>>;

/**
 * A program that sends a datagram's requests; what is no request is a comment.
 *
 * The values are those of the messages. How they were written (the order of a nest's flag, a missing NUL, padding) is
 * this library's own, and a comment says so where the bytes then differ; `exact` sends the very bytes.
 */
export function typescript(told: Told, options: OutputOptions = {}): string {
  const imports: Imports = new Map();
  const statements = told.messages.map((entry) =>
    entry.message.direction === "sent" ? call(told, entry, imports, options.exact === true) : undefined,
  );
  const protocol = nameOf((value) => isProtocol(value) && value.number === told.protocol.number);
  const lines = told.messages.map(
    (entry, index) => statements[index] ?? `// ${formatLine(entry.message, { told: entry })}`,
  );
  if (!protocol || statements.every((statement) => statement === undefined)) return lines.join("\n");
  use(imports, "nlkit/netlink", "Client");
  use(imports, ...protocol);
  return [
    ...[...imports]
      .sort()
      .map(
        ([from, names]) =>
          `import { ${[...names].sort((a, b) => a.localeCompare(b, "en")).join(", ")} } from "${from}";`,
      ),
    "",
    `await using client = new Client({ protocol: ${protocol[1]} });`,
    ...lines,
  ].join("\n");
}

/** The statement that sends one request; undefined where nothing here can. */
function call(told: Told, { message }: ToldMessage, imports: Imports, exact: boolean): string | undefined {
  const { protocol, captured, byteOrder } = told;
  const type = typeOf(protocol, message.type, true);
  const at = message.offset + c.NLMSG_HDRLEN;
  const length = Math.min(message.offset + message.length, captured.bytes.length) - at;
  if (!type || length < 0) return undefined;
  const operation = expression(protocol, type, true, imports);
  if (operation === undefined) return undefined;
  const value = type.message.decode(new Input(captured.bytes, { byteOrder }), at, length) as Record<
    string,
    unknown
  >;
  dropZeros(message.parts, value);
  const payload = captured.bytes.subarray(at, at + length);
  const differs = difference(type, value, payload, told);
  const kind = kindOf(protocol, message.type, message.flags);
  const notes: string[] = [];
  let argument = literal(value);
  if (differs !== undefined && exact) {
    use(imports, "nlkit/netlink", "decodePayload");
    notes.push(...`what it says: ${literal(value)}`.split("\n"));
    argument = `decodePayload(${operation}.message, ${hexLiteral(payload)}, { exact: true })`;
  } else if (differs !== undefined) {
    notes.push(`${innermost(message.parts, at + differs)} is written otherwise in the capture`);
  }
  const { name, own } = helpers[kind];
  use(imports, "nlkit/netlink", name);
  const reply =
    kind === "change" ? undefined : expression(protocol, replyOf(protocol, type, kind), false, imports);
  if (kind === "change" && (message.flags & c.NLM_F_ACK) === 0)
    notes.push("the capture's asks for no acknowledgement");
  const flags = flagsOf(message.flagNames, own, imports);
  const last = [operation, argument, reply, kind === "change" && flags !== "0" ? flags : undefined];
  let request = `${name}(${last.filter((word) => word !== undefined).join(", ")})`;
  if (kind !== "change" && flags !== "0") {
    const all = kind === "dump" ? `NLM_F_DUMP | ${flags}` : flags;
    if (kind === "dump") use(imports, "nlkit/netlink", "NLM_F_DUMP");
    request = `{ ...${request}, flags: ${all} }`;
  }
  const method = kind === "dump" ? "list" : "request";
  return [...notes.map((note) => `// ${note}`), `await client.${method}(${request});`].join("\n");
}

const helpers = {
  change: { name: "change", own: new Set(["NLM_F_REQUEST", "NLM_F_ACK"]) },
  get: { name: "get", own: new Set(["NLM_F_REQUEST"]) },
  dump: { name: "dump", own: new Set(["NLM_F_REQUEST", "NLM_F_DUMP"]) },
} as const;
type Kind = keyof typeof helpers;

function kindOf(protocol: Protocol, type: number, flags: number): Kind {
  const verb = verbOf(protocol, type);
  if (verb === "NEW" || verb === "DEL") return "change";
  if ((flags & c.NLM_F_DUMP) === c.NLM_F_DUMP) return "dump";
  return verb === "GET" || (flags & c.NLM_F_ACK) === 0 ? "get" : "change";
}

/** What answers a GET: in rtnetlink's fours two before it. */
function replyOf(protocol: Protocol, type: MessageType<unknown>, kind: Kind): MessageType<unknown> {
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
  const exported = nameOf((value) => value === type);
  if (exported) return use(imports, ...exported);
  if (protocol.number === c.NETLINK_GENERIC)
    return `${use(imports, "nlkit/genl", "familyType")}(${type.type}, ${quoted(type.constant)})`;
  const whole = nameOf((value) => value === protocol);
  if (!whole) return undefined;
  const map = isRequest && protocol.requests.has(type.type) ? "requests" : "types";
  return `${use(imports, ...whole)}.${map}.get(${type.type})!`;
}

function nameOf(is: (value: unknown) => boolean): [from: string, name: string] | undefined {
  for (const [from, exported] of Object.entries(modules)) {
    for (const [name, value] of Object.entries(exported)) if (is(value)) return [from, name];
  }
  return undefined;
}

function isProtocol(value: unknown): value is Protocol {
  return typeof value === "object" && value !== null && "requests" in value && "number" in value;
}

function use(imports: Imports, from: string, name: string): string {
  const names = imports.get(from);
  if (names) names.add(name);
  else imports.set(from, new Set([name]));
  return name;
}

function flagsOf(names: readonly string[], own: ReadonlySet<string>, imports: Imports): string {
  const others = names.filter((name) => !own.has(name));
  for (const name of others) if (name.startsWith("NLM_F_")) use(imports, "nlkit/netlink", name);
  return others.join(" | ") || "0";
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
