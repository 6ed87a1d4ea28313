/** Handles of traffic control as tc(8) writes them: hexadecimal `major:minor`. */
import { InputError } from "../../netlink/errors.ts";
import { TC_H_INGRESS, TC_H_MIN_EGRESS, TC_H_MIN_INGRESS, TC_H_ROOT } from "../../rtnl/tc/header.ts";

const FORM = /^([0-9a-f]{0,4}):([0-9a-f]{0,4})$/i;
const CLSACT = (TC_H_INGRESS & 0xffff0000) >>> 0;

function parse(text: unknown): number | undefined {
  const parts = typeof text === "string" ? FORM.exec(text) : null;
  if (!parts || text === ":") return undefined;
  const [major, minor] = [parts[1], parts[2]].map((digits) => Number.parseInt(digits || "0", 16));
  return ((major! << 16) | minor!) >>> 0;
}

/** `1:` or `1:10` as a number. */
export function handleNumber(text: string, field: string): number {
  const handle = parse(text);
  if (handle === undefined) throw new InputError(field, `a handle such as "1:" or "1:10"`, text);
  return handle;
}

/** The number of a parent: `root`, `ingress`, `clsact`, or a handle. */
export function parentNumber(text: string, field: string): number {
  if (text === "root") return TC_H_ROOT;
  if (text === "ingress" || text === "clsact") return TC_H_INGRESS;
  const handle = parse(text);
  if (handle === undefined)
    throw new InputError(field, `root, ingress, clsact, or a handle such as "1:10"`, text);
  return handle;
}

/** Where filters are: `ingress` and `egress` of clsact, or as {@link parentNumber}. */
export function filterParent(text: string, field: string): number {
  if (text === "ingress") return CLSACT + TC_H_MIN_INGRESS;
  if (text === "egress") return CLSACT + TC_H_MIN_EGRESS;
  return parentNumber(text, field);
}

/** `1:10` for 0x10010; as tc prints it. */
export function handleText(handle: number): string {
  const [major, minor] = [handle >>> 16, handle & 0xffff].map((part) => part.toString(16));
  return `${handle >>> 16 === 0 && (handle & 0xffff) !== 0 ? "" : major}:${(handle & 0xffff) === 0 ? "" : minor}`;
}

/** What {@link parentNumber} takes. */
export function parentText(parent: number): string {
  if (parent === TC_H_ROOT) return "root";
  if (parent === TC_H_INGRESS) return "ingress";
  return handleText(parent);
}

/** What {@link filterParent} takes. */
export function filterParentText(parent: number): string {
  if (parent === CLSACT + TC_H_MIN_INGRESS) return "ingress";
  if (parent === CLSACT + TC_H_MIN_EGRESS) return "egress";
  return parentText(parent);
}
