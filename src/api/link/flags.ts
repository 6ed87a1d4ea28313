import { ifinfoFlags, type Link } from "../../rtnl/link/index.ts";
import type { LinkName } from "../session.ts";

/**
 * The flags as `ip link` prints them: without RUNNING, whose absence on a link that is up is NO-CARRIER, and with
 * M-DOWN where the lower link is down.
 */
export function linkFlags(link: Link, names: ReadonlyMap<number, LinkName>): string[] {
  const words: string[] = [];
  const has = (flag: Link["ifiFlags"][number]) => link.ifiFlags.includes(flag);
  if (has("up") && !has("running")) words.push("NO-CARRIER");
  for (const flag of link.ifiFlags) {
    if (flag === "running") continue;
    if (typeof flag === "number") words.push(flag.toString(16));
    else words.push(ifinfoFlags.constants.get(ifinfoFlags.toNumber([flag]))!.slice("IFF_".length));
  }
  // iproute2 prints its table in this order, not in that of the bits.
  words.sort((a, b) => place(a) - place(b));
  const lower = link.link && link.linkNetnsid === undefined ? names.get(link.link) : undefined;
  if (lower && !lower.up) words.push("M-DOWN");
  return words;
}

const order = [
  "NO-CARRIER",
  "LOOPBACK",
  "BROADCAST",
  "POINTOPOINT",
  "MULTICAST",
  "NOARP",
  "ALLMULTI",
  "PROMISC",
  "MASTER",
  "SLAVE",
  "DEBUG",
  "DYNAMIC",
  "AUTOMEDIA",
  "PORTSEL",
  "NOTRAILERS",
  "UP",
  "LOWER_UP",
  "DORMANT",
  "ECHO",
];

function place(word: string): number {
  const index = order.indexOf(word);
  return index < 0 ? order.length : index;
}
