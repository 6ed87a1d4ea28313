import { errnoName } from "./errno.ts";

/** Base of every error nlkit throws on purpose. `code` is stable and meant to be matched on. */
export class NetlinkError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** A system call failed: `code` is the errno's name, `errno` its negative number as in Node's own errors. */
export class SystemError extends NetlinkError {
  readonly errno: number;
  readonly syscall: string;
  /** What the call was about: a path, a namespace, a socket option. */
  readonly subject: string | undefined;

  constructor(syscall: string, errno: number, subject?: string, hint?: string) {
    const code = errnoName(errno);
    super(code, `${syscall}${subject ? ` ${subject}` : ""}: ${code}${hint ? `: ${hint}` : ""}`);
    this.errno = -Math.abs(errno);
    this.syscall = syscall;
    this.subject = subject;
  }
}

/** A value was refused before it reached the kernel. `path` names the field in the caller's own object. */
export class InputError extends NetlinkError {
  readonly path: string;
  readonly expected: string;
  readonly received: unknown;

  constructor(path: string, expected: string, received: unknown) {
    super(
      "ERR_INVALID_ARG_VALUE",
      `${path === "" ? "value" : path}: expected ${expected}, got ${describe(received)}`,
    );
    this.path = path;
    this.expected = expected;
    this.received = received;
  }
}

/** Bytes that are not what the schema says. `offset` counts from the start of the message or attribute set. */
export class DecodeError extends NetlinkError {
  readonly offset: number;
  readonly path: string;

  constructor(message: string, offset: number, path = "") {
    super("ERR_NETLINK_DECODE", `${path ? `${path}: ` : ""}${message} (byte ${offset})`);
    this.offset = offset;
    this.path = path;
  }
}

/** The receive buffer overflowed and the kernel dropped messages. */
export class OverrunError extends NetlinkError {
  /** How many messages were lost, where the kernel says so. */
  readonly lost: number | undefined;

  constructor(lost?: number) {
    super("ENOBUFS", `receive buffer overrun: ${lost === undefined ? "" : `${lost} `}messages lost`);
    this.lost = lost;
  }
}

/** The objects changed while the kernel listed them (NLM_F_DUMP_INTR), so the list may lack or repeat some. */
export class DumpInterruptedError extends NetlinkError {
  /** What did arrive. */
  readonly partial: readonly unknown[];

  constructor(request: string, partial: readonly unknown[], attempts: number) {
    super(
      "ERR_NETLINK_DUMP_INTERRUPTED",
      `${request}: interrupted by a change ${attempts} time${attempts === 1 ? "" : "s"} in a row`,
    );
    this.partial = partial;
  }
}

/** The client was closed, or had been, before the answer came. */
export class ClosedError extends NetlinkError {
  constructor(what = "netlink client") {
    super("ERR_NETLINK_CLOSED", `${what} is closed`);
  }
}

/** No answer within the request's own time. */
export class TimeoutError extends NetlinkError {
  constructor(request: string, milliseconds: number) {
    super("ETIMEDOUT", `${request}: no answer within ${milliseconds} ms`);
  }
}

/** A request was not sent, because one before it in the batch failed. */
export class NotSentError extends NetlinkError {
  constructor(request: string) {
    super("ERR_NETLINK_NOT_SENT", `${request}: not sent, because a request before it failed`);
  }
}

/** Some requests of a batch failed; the others were done. */
export class BatchError extends NetlinkError {
  /** Each error, and which of the batch's calls, or elements of the array, it belongs to. */
  readonly errors: readonly { readonly index: number; readonly error: unknown }[];

  constructor(errors: readonly { readonly index: number; readonly error: unknown }[], count: number) {
    const [first] = errors;
    const message = first?.error instanceof Error ? first.error.message : String(first?.error);
    const code = first?.error instanceof NetlinkError ? first.error.code : "ERR_NETLINK_BATCH";
    super(code, `${errors.length} of ${count} requests failed; number ${first?.index}: ${message}`);
    this.errors = errors;
  }
}

/** The inner error's message one field further out: `data.id` becomes `linkinfo.data.id`. */
export function atField(error: unknown, field: string): unknown {
  if (error instanceof InputError) {
    const inner = error.path;
    const path = inner === "" ? field : inner.startsWith("[") ? field + inner : `${field}.${inner}`;
    return new InputError(path, error.expected, error.received);
  }
  return error;
}

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
