import { ip } from "../../netlink/codec/address.ts";
import type { Code } from "../../netlink/codec/compile.ts";
import { lookUp, type Scope, type Shape } from "../../netlink/codec/shape.ts";
import { DecodeError } from "../../netlink/errors.ts";
import { labels } from "./labels.ts";

const SELECTOR = "rtmFamily";
const formats: Readonly<Record<string, Shape<string>>> = { mpls: labels };
const chosen = (scope: Scope | undefined) => formats[String(lookUp(scope, SELECTOR))] ?? ip;

/**
 * A destination: the label of an MPLS route, the IP address of every other.
 *
 * A sub-message without the cost of one: of routes there are hundreds of thousands.
 */
export const destination: Shape<string> & {
  selector: string;
  formats: typeof formats;
  otherwise: Shape<string>;
} = {
  type: "ip or mpls labels",
  selector: SELECTOR,
  formats,
  otherwise: ip,
  fewLengths: true,
  accepts: (length) => length > 0 && length % 4 === 0,
  source(code: Code, at, length) {
    const plain = ip.source!(code, at, length);
    const isIp = `(${length} === 4 || ${length} === 16) && ${code.field(SELECTOR)} !== "mpls"`;
    return `(${isIp} ? ${plain} : ${code.capture(decode)}(I, ${at}, ${length}, ${code.scope}))`;
  },
  decode,
  most: ip.most,
  put: (code, value, at) => `(${code.field(SELECTOR)} === "mpls" ? -1 : ${ip.put!(code, value, at)})`,
  encode: (output, value, scope) => chosen(scope).encode(output, value, scope),
};

function decode(
  input: Parameters<typeof ip.decode>[0],
  at: number,
  length: number,
  scope: Scope | undefined,
): string {
  const shape = chosen(scope);
  if (!shape.accepts(length)) throw new DecodeError(`${length} bytes are no ${shape.type}`, at);
  return shape.decode(input, at, length, scope);
}
