import type { Route as RtnlRoute } from "../../rtnl/route/index.ts";
import { ipProtocolNumber, tosNumber } from "../names.ts";
import type { Dev } from "../session.ts";
import { addressesOf, destinationBits } from "./mpls.ts";

/** What else of a packet chooses its route: the words of `ip route get`. */
export interface RouteQuery {
  /** `mpls`: what becomes of packets with a label. */
  family?: "mpls";
  /** Its source address. */
  from?: string;
  /** The link it comes in by. */
  iif?: Dev;
  /** The link it must go out by. */
  dev?: Dev;
  /** A VRF that it is in. */
  vrf?: Dev;
  mark?: number;
  /** User id of the sender. */
  uid?: number;
  tos?: string | number;
  /** `tcp`, `udp`, `icmp`, `ipv6-icmp`, or a number. */
  ipproto?: string | number;
  /** IPv6 (kernel 6.14). */
  flowlabel?: number;
  sport?: number;
  dport?: number;
  /** Gives the route of the table rather than what becomes of the packet. */
  fibmatch?: boolean;
}

/** @param indexes - of the links in the query. */
export function writeQuery(
  dst: string,
  query: RouteQuery,
  indexes: { iif: number | undefined; dev: number | undefined },
): Partial<RtnlRoute> {
  const {
    family: asked,
    from,
    iif: _iif,
    dev: _dev,
    vrf: _vrf,
    tos,
    ipproto,
    fibmatch = false,
    ...same
  } = query;
  const family = addressesOf(asked);
  const to = asked === "mpls" ? family.destination(dst, "dst") : family.address(dst, "dst");
  const rtmFamily = family.known!;
  const source = from === undefined ? undefined : family.address(from, "from");
  const bits = destinationBits[rtmFamily];
  const flags: RtnlRoute["rtmFlags"][number][] = [];
  // Without it an IPv4 answer says `main` whatever table it comes from; IPv6 always says and refuses the flag.
  if (rtmFamily === "inet") flags.push("lookup-table");
  if (fibmatch) flags.push("fib-match");
  return {
    rtmFamily,
    rtmDstLen: bits,
    rtmSrcLen: source && bits,
    rtmTos: tos === undefined ? undefined : tosNumber(tos, "tos"),
    rtmFlags: flags,
    dst: to.address,
    src: source?.address,
    iif: indexes.iif,
    oif: indexes.dev,
    ipProto: ipproto === undefined ? undefined : ipProtocolNumber(ipproto, "ipproto"),
    // Fields of other names are refused when they are encoded.
    ...same,
  };
}
