/** Values as TypeScript. */
import { hexOf, quoted } from "../value.ts";

const WIDTH = 72;
/** Bytes that are numbers one by one; more are a string. */
const FEW = 16;

/** `{ ifname: "veth0", linkinfo: { kind: "veth" } }`, over several lines where it is long. */
export function literal(value: unknown, indent = ""): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return bytesLiteral(value);
  if (Array.isArray(value))
    return list(
      "[",
      value.map((part) => [undefined, part]),
      "]",
      indent,
    );
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, part]) => part !== undefined);
    return fields.length === 0 ? "{}" : list("{", fields, "}", indent);
  }
  return String(value);
}

/** Node's class, in the program that is written; nothing here needs it. */
const ofNode = "Buffer";

export const hexLiteral = (bytes: Uint8Array): string => `${ofNode}.from("${hexOf(bytes)}", "hex")`;

function bytesLiteral(bytes: Uint8Array): string {
  if (bytes.length > FEW) return hexLiteral(bytes);
  return `Uint8Array.of(${Array.from(bytes, (byte) => `0x${byte.toString(16).padStart(2, "0")}`).join(", ")})`;
}

function list(
  open: string,
  parts: readonly (readonly [name: string | undefined, value: unknown])[],
  close: string,
  indent: string,
): string {
  const deeper = `${indent}  `;
  const texts = parts.map(([name, value]) => {
    const text = literal(value, deeper);
    if (name === undefined) return text;
    return `${/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name)}: ${text}`;
  });
  const gap = open === "{" ? " " : "";
  const short = `${open}${gap}${texts.join(", ")}${gap}${close}`;
  if (short.length + indent.length <= WIDTH && !short.includes("\n")) return short;
  return `${open}\n${texts.map((text) => `${deeper}${text},\n`).join("")}${indent}${close}`;
}
