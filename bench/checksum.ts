/** What the programs of the benchmark must agree on: which objects count, and what each adds to the checksum. */
import type { Link, Route } from "./nlkit.ts";

const RT_TABLE_MAIN = 254;

export interface Sum {
  n: number;
  checksum: number;
}

/** The last 32 bits of the destination and 7 × oif, of the /32 or /128 routes of the main table. */
export function countRoute(sum: Sum, route: Route): void {
  const { rtmFamily, rtmDstLen, table, oif, dst } = route;
  if (table !== RT_TABLE_MAIN || rtmDstLen !== (rtmFamily === "inet" ? 32 : 128)) return;
  sum.n++;
  sum.checksum += last32Bits(dst!) + 7 * oif!;
}

export function ofRoutes(routes: Iterable<Route>): Sum {
  const sum = { n: 0, checksum: 0 };
  for (const route of routes) countRoute(sum, route);
  return sum;
}

export function ofLink(link: Link): number {
  return 7 * link.ifiIndex + link.mtu! + link.ifname!.length;
}

/** Of an address in the text of RFC 5952. */
export function last32Bits(address: string): number {
  const tail = address.slice(address.lastIndexOf(":") + 1);
  if (tail.includes(".")) return tail.split(".").reduce((bits, byte) => bits * 256 + Number(byte), 0);
  const [, high = "", low] = /(?:^|:)([^:]*):([^:]*)$/.exec(address)!;
  return hex(high) * 65536 + hex(low!);
}

/** Empty is the end of `::`, which stands for zeros. */
const hex = (digits: string): number => Number.parseInt(digits || "0", 16);
