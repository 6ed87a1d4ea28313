/** Which fields say which interface. */
import type { Explained } from "../netlink/codec/shape.ts";

/** `ifiIndex`, `ifaIndex`, `tcmIfindex`, `newIfindex`, `ifindex` */
const byName = /^(ifi|ifa)Index$|(^i|I)findex$/;
const byConstant =
  /_(IIF|OIF|MASTER|IFINDEX|INTERLINK|ACTIVE_SLAVE|PRIMARY)$|^(IFLA|LWT)_([A-Z0-9]+_)?LINK$|^IFLA_HSR_SLAVE\d$/;
const named = /_(IFNAME|IIFNAME|OIFNAME|INDEV|LABEL)$/;

/** The interface's index in a field that has one; 0 is none. */
export function interfaceIndex({ name, constant, value, children }: Explained): number | undefined {
  if (children || typeof value !== "number" || value <= 0) return undefined;
  return byName.test(name) || (constant !== undefined && byConstant.test(constant)) ? value : undefined;
}

/** The interface's name in a field that has one. */
export function interfaceName({ constant, value }: Explained): string | undefined {
  return typeof value === "string" && constant !== undefined && named.test(constant) ? value : undefined;
}

/** IFLA_LINK is an index of another namespace where IFLA_LINK_NETNSID says so. */
function isElsewhere(part: Explained, siblings: readonly Explained[]): boolean {
  return part.constant === "IFLA_LINK" && siblings.some(({ constant }) => constant === "IFLA_LINK_NETNSID");
}

export type InterfaceNameOf = (index: number) => string | undefined;

/** The name of the interface that a field has the index of. */
export function interfaceOf(
  part: Explained,
  siblings: readonly Explained[],
  names: InterfaceNameOf | undefined,
): string | undefined {
  const index = interfaceIndex(part);
  return index === undefined || isElsewhere(part, siblings) ? undefined : names?.(index);
}
