/** What a number stands for, where its shape alone does not say it: interfaces, handles of tc, routing tables. */
import type { Explained } from "../netlink/codec/shape.ts";
import { TC_H_INGRESS, TC_H_MIN_EGRESS, TC_H_MIN_INGRESS, TC_H_ROOT } from "../rtnl/tc/header.ts";
import { type InterfaceNameOf, interfaceOf } from "./interface-index.ts";

/** RT_TABLE_* of linux/rtnetlink.h */
const tables: Readonly<Record<number, string>> = {
  253: "RT_TABLE_DEFAULT",
  254: "RT_TABLE_MAIN",
  255: "RT_TABLE_LOCAL",
};
const isTable = /^(RTA|FRA|RTM|IFLA_VRF|IFLA_VRF_PORT)_TABLE$/;
/** Numbers that are read as bits, or as an EtherType. */
const isHex = /mark$|mask$|ethType$/i;
const isClass = /^TCA_\w*(CLASSID|DEFCLS)$/;

/**
 * `veth0`, `1:10`, `RT_TABLE_MAIN`; undefined where the number is all there is.
 *
 * @param type - constant of the message's type: a filter's handle is none of a class.
 */
export function meaningOf(
  part: Explained,
  siblings: readonly Explained[],
  type: string | undefined,
  names: InterfaceNameOf | undefined,
): string | undefined {
  const { name, constant = "", value } = part;
  if (typeof value !== "number" || value === 0) return undefined;
  if (name === "rtmTable" || name === "frhTable" || isTable.test(constant)) return tables[value];
  if (isClass.test(constant)) return handle(value);
  if (name.startsWith("tcm") && name !== "tcmIfindex") return ofQueueing(name, value, type ?? "");
  const interfaceName = interfaceOf(part, siblings, names);
  if (interfaceName !== undefined) return interfaceName;
  // Up to 9 it is the same in both.
  return value > 9 && part.number === undefined && (isHex.test(name) || isKey(part, siblings))
    ? `0x${value.toString(16)}`
    : undefined;
}

/** What a key of a u32 filter compares with. */
const isKey = ({ name }: Explained, siblings: readonly Explained[]): boolean =>
  name === "val" && siblings.some((sibling) => sibling.name === "mask");

function ofQueueing(name: string, value: number, type: string): string | undefined {
  const isFilter = type.endsWith("FILTER") || type.endsWith("CHAIN");
  if (name === "tcmParent" || (name === "tcmHandle" && !isFilter)) return handle(value);
  if (name === "tcmHandle") return hex(value, 8);
  if (!isFilter) return type.endsWith("CLASS") ? handle(value) : undefined;
  const swapped = ((value & 0xff) << 8) | ((value >> 8) & 0xff);
  return `priority ${value >>> 16}, protocol ${hex(swapped, 4)}`;
}

const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, "0")}`;

/** `1:10` as tc(8) writes it, in hexadecimal. */
function handle(value: number): string {
  if (value === TC_H_ROOT) return "TC_H_ROOT";
  if (value === TC_H_INGRESS) return "TC_H_INGRESS";
  const [major, minor] = [value >>> 16, value & 0xffff];
  if (major === 0xffff && minor === TC_H_MIN_INGRESS) return "ingress of clsact";
  if (major === 0xffff && minor === TC_H_MIN_EGRESS) return "egress of clsact";
  return `${major.toString(16)}:${minor === 0 ? "" : minor.toString(16)}`;
}
