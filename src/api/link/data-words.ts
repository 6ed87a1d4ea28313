/** Where `ip -j -d link` has other words than the kernel for a kind's options. */
import type { linkKinds } from "../../rtnl/link/kinds/index.ts";
import type { Words } from "../words.ts";

export type Kinds = typeof linkKinds;

const external = { external: "collectMetadata" } as const;
const queues = { bcqueuelen: "bcQueueLen", usedbcqueuelen: "bcQueueLenUsed" } as const;

export const dataWords = {
  amt: { local: "localIp", remote: "remoteIp", discovery: "discoveryIp" },
  bareudp: { dstport: "port", srcportmin: "srcportMin", multiproto: "multiprotoMode" },
  bond: { arpMissedMax: "missedMax", peerNotifyDelay: "peerNotifDelay" },
  erspan: external,
  gre: external,
  gretap: external,
  gtp: { hsize: "pdpHashsize" },
  hsr: { proto: "protocol" },
  ip6erspan: external,
  ip6gre: external,
  ip6gretap: external,
  ip6tnl: external,
  ipip: external,
  macvlan: queues,
  macvtap: queues,
  netkit: { peer: "peerInfo" },
  sit: {
    ...external,
    prefix: "6rdPrefix",
    prefixlen: "6rdPrefixlen",
    relayPrefix: "6rdRelayPrefix",
    relayPrefixlen: "6rdRelayPrefixlen",
  },
  xfrm: external,
} as const satisfies { [K in keyof Kinds]?: Words };

const lower = ["link"] as const;

/** Options that are other links: indexes in the kernel's words, names here. */
export const dataLinks = {
  amt: lower,
  bond: ["activeSlave", "primary"],
  dsa: ["conduit"],
  erspan: lower,
  gre: lower,
  gretap: lower,
  hsr: ["slave1", "slave2", "interlink"],
  ip6erspan: lower,
  ip6gre: lower,
  ip6gretap: lower,
  ip6tnl: lower,
  ipip: lower,
  sit: lower,
  vti: lower,
  vti6: lower,
  vxlan: lower,
  xfrm: lower,
} as const satisfies { [K in keyof Kinds]?: readonly string[] };

/** The entry of a table by kind; undefined for kinds without one. */
export function ofKind<T>(table: Readonly<Record<string, T>>, kind: string | undefined): T | undefined {
  return kind !== undefined && Object.hasOwn(table, kind) ? table[kind] : undefined;
}
