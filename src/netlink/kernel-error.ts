import type { Ack, ExtendedAck, Policy } from "./codec/ack.ts";
import { Input } from "./codec/input.ts";
import type { Message } from "./codec/message.ts";
import type { Explained } from "./codec/shape.ts";
import { NLMSG_HDRLEN } from "./constants.ts";
import { errnoName } from "./errno.ts";
import { NetlinkError } from "./errors.ts";
import type { Request } from "./request.ts";

/** The kernel refused a request. */
export class KernelError extends NetlinkError {
  /** Negative, as in Node's own errors. */
  readonly errno: number;
  readonly syscall = "sendmsg";
  /** `RTM_NEWLINK` */
  readonly request: string;
  /** What was asked: the request's value. */
  readonly asked: object;
  /** The kernel's own message, where it gave one. */
  readonly kernelMessage: string | undefined;
  /** The offending field in what was asked: `linkinfo.data.id`. */
  readonly path: string | undefined;
  /** Its kernel name: `IFLA_VXLAN_ID`. */
  readonly attribute: string | undefined;
  /** A field that the kernel wants and that was not sent. */
  readonly missing: string | undefined;
  /** What the kernel accepts for the field: its type and range. */
  readonly policy: Policy | undefined;

  constructor(request: string, asked: object, errno: number, details: AckDetails = {}, hint?: string) {
    const code = errnoName(errno);
    super(code, describe(request, code, details, hint));
    this.errno = -Math.abs(errno);
    this.request = request;
    this.asked = asked;
    this.kernelMessage = details.message;
    this.path = details.path;
    this.attribute = details.attribute;
    this.missing = details.missing;
    this.policy = details.policy;
  }
}

/** What an extended acknowledgement says, in the words of what was asked. */
export interface AckDetails {
  readonly message?: string | undefined;
  readonly path?: string | undefined;
  readonly attribute?: string | undefined;
  readonly missing?: string | undefined;
  readonly policy?: Policy | undefined;
}

function describe(request: string, code: string, details: AckDetails, hint: string | undefined): string {
  return `${request}: ${code}${describeAck(details)}${hint ? `; ${hint}` : ""}`;
}

/** What follows the error's name: `: invalid address at address (IFLA_ADDRESS)` */
export function describeAck(details: AckDetails): string {
  let text = details.message ? `: ${details.message}` : "";
  if (details.path) text += ` at ${details.path}${details.attribute ? ` (${details.attribute})` : ""}`;
  if (details.missing) text += `; ${details.missing} is missing`;
  const expected = details.policy && describePolicy(details.policy);
  if (expected) text += `; expected ${expected}`;
  return text;
}

/** `u32, 1 to 16777215` */
export function describePolicy(policy: Policy): string | undefined {
  const parts: string[] = [];
  if (policy.type !== undefined) parts.push(String(policy.type));
  const low = policy.minValueU ?? policy.minValueS;
  const high = policy.maxValueU ?? policy.maxValueS;
  if (low !== undefined || high !== undefined) parts.push(`${low ?? ""} to ${high ?? ""}`);
  if (policy.minLength !== undefined) parts.push(`at least ${policy.minLength} bytes`);
  if (policy.maxLength !== undefined) parts.push(`at most ${policy.maxLength} bytes`);
  if (policy.mask !== undefined) parts.push(`bits 0x${policy.mask.toString(16)}`);
  if (policy.bitfield32Mask !== undefined) parts.push(`bits 0x${policy.bitfield32Mask.toString(16)}`);
  return parts.length > 0 ? parts.join(", ") : undefined;
}

/**
 * Translates an extended acknowledgement's offsets into fields.
 *
 * @param message - what the request's payload looks like.
 * @param request - the request as it was sent, with its header.
 */
export function explainAck(
  message: Message<unknown>,
  request: Input,
  extended: ExtendedAck | undefined,
): AckDetails {
  if (!extended) return {};
  const { offs, missType, missNest } = extended;
  let path: string | undefined;
  let attribute: string | undefined;
  let missing: string | undefined;
  if (offs !== undefined || missType !== undefined) {
    const length = request.bytes.length - NLMSG_HDRLEN;
    const parts = message.explain(request, NLMSG_HDRLEN, length);
    const found = offs === undefined ? undefined : find(parts, offs);
    path = found?.path;
    attribute = found?.part.constant;
    if (missType !== undefined) {
      const nest = missNest === undefined ? undefined : find(parts, missNest);
      const chosen = message.choose?.(request, NLMSG_HDRLEN, length) ?? message;
      const set = nest ? nest.part.set : chosen.attributes;
      const name = set?.byType.get(missType)?.[0] ?? `attribute ${missType}`;
      missing = nest ? `${nest.path}.${name}` : name;
    }
  }
  return { message: extended.msg, path, attribute, missing, policy: extended.policy };
}

function find(
  parts: readonly Explained[],
  offset: number,
  prefix = "",
): { part: Explained; path: string } | undefined {
  for (const part of parts) {
    const path = prefix === "" || part.name.startsWith("[") ? prefix + part.name : `${prefix}.${part.name}`;
    // Offsets point at an attribute's header, but at its value where the kernel looks at a struct inside.
    const inner = part.children && find(part.children, offset, path);
    if (inner) return inner;
    if (offset >= part.start && offset < part.end) return { part, path };
  }
  return undefined;
}

export function kernelError(request: Request<unknown>, message: Uint8Array, ack: Ack): KernelError {
  const details = explainAck(request.operation.message, new Input(message), ack.extended);
  return new KernelError(request.operation.constant, request.value, ack.error, details);
}
