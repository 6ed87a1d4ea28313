/** What a rule can look at, as `nft -j` names it: fields of headers, what the kernel knows of a packet and a connection. */
import type { CtExpr } from "../../nft/expressions/ct.ts";
import type { MetaExpr } from "../../nft/expressions/meta.ts";
import type { PayloadExpr } from "../../nft/expressions/payload.ts";
import { type Datatype, datatypes, integerOf } from "./datatypes.ts";

/** A field of a header. */
export interface PayloadField {
  readonly base: NonNullable<PayloadExpr["base"]>;
  /** Bytes from the start of the header. */
  readonly offset: number;
  readonly type: Datatype;
}

/** A protocol, and what must be asked before its fields may be looked at. */
export interface HeaderProtocol {
  readonly base: PayloadField["base"];
  /** Value of `meta nfproto`. */
  readonly nfproto?: "ipv4" | "ipv6";
  /** Value of `meta l4proto`. */
  readonly l4proto?: string;
  readonly fields: Readonly<Record<string, readonly [offset: number, type: Datatype]>>;
}

const { ipv4_addr, ipv6_addr, ether_addr, ether_type, inet_proto, inet_service, icmp_type, icmpv6_type } =
  datatypes;
const u8 = integerOf(1);
const u16 = integerOf(2);
const u32 = integerOf(4);

const ports = { sport: [0, inet_service], dport: [2, inet_service] } as const;
const transport = "transport-header";

/** RFC 791, 8200, 9293, 768, 792, 4443, 9260, 4340, 3828; IEEE 802.3. */
export const headerProtocols: Readonly<Record<string, HeaderProtocol>> = {
  ether: {
    base: "link-layer-header",
    fields: { daddr: [0, ether_addr], saddr: [6, ether_addr], type: [12, ether_type] },
  },
  ip: {
    base: "network-header",
    nfproto: "ipv4",
    fields: {
      length: [2, u16],
      id: [4, u16],
      ttl: [8, u8],
      protocol: [9, inet_proto],
      checksum: [10, u16],
      saddr: [12, ipv4_addr],
      daddr: [16, ipv4_addr],
    },
  },
  ip6: {
    base: "network-header",
    nfproto: "ipv6",
    fields: {
      length: [4, u16],
      nexthdr: [6, inet_proto],
      hoplimit: [7, u8],
      saddr: [8, ipv6_addr],
      daddr: [24, ipv6_addr],
    },
  },
  tcp: {
    base: transport,
    l4proto: "tcp",
    fields: {
      ...ports,
      sequence: [4, u32],
      ackseq: [8, u32],
      flags: [13, datatypes.tcp_flag],
      window: [14, u16],
      checksum: [16, u16],
      urgptr: [18, u16],
    },
  },
  udp: { base: transport, l4proto: "udp", fields: { ...ports, length: [4, u16], checksum: [6, u16] } },
  udplite: { base: transport, l4proto: "udplite", fields: { ...ports, checksum: [6, u16] } },
  sctp: { base: transport, l4proto: "sctp", fields: { ...ports, vtag: [4, u32], checksum: [8, u32] } },
  dccp: { base: transport, l4proto: "dccp", fields: ports },
  icmp: {
    base: transport,
    nfproto: "ipv4",
    l4proto: "icmp",
    fields: {
      type: [0, icmp_type],
      code: [1, datatypes.icmp_code],
      checksum: [2, u16],
      id: [4, u16],
      sequence: [6, u16],
      mtu: [6, u16],
    },
  },
  icmpv6: {
    base: transport,
    nfproto: "ipv6",
    l4proto: "ipv6-icmp",
    fields: {
      type: [0, icmpv6_type],
      code: [1, datatypes.icmpv6_code],
      checksum: [2, u16],
      id: [4, u16],
      sequence: [6, u16],
      mtu: [4, u32],
    },
  },
  esp: { base: transport, l4proto: "esp", fields: { spi: [0, u32], sequence: [4, u32] } },
  /** Whatever transport protocol it is. */
  th: { base: transport, fields: ports },
};

/** Keys of `meta`: the kernel's name and the type. */
export const metaKeys: Readonly<
  Record<string, readonly [key: NonNullable<MetaExpr["key"]>, type: Datatype]>
> = {
  length: ["len", integerOf(4, true)],
  protocol: ["protocol", ether_type],
  priority: ["priority", integerOf(4, true)],
  mark: ["mark", datatypes.mark],
  iif: ["iif", datatypes.iface_index],
  oif: ["oif", datatypes.iface_index],
  iifname: ["iifname", datatypes.ifname],
  oifname: ["oifname", datatypes.ifname],
  iiftype: ["iftype", datatypes.iface_type],
  oiftype: ["oiftype", datatypes.iface_type],
  skuid: ["skuid", datatypes.uid],
  skgid: ["skgid", datatypes.gid],
  nftrace: ["nftrace", integerOf(1)],
  rtclassid: ["rtclassid", datatypes.realm],
  nfproto: ["nfproto", datatypes.nf_proto],
  l4proto: ["l4-proto", inet_proto],
  ibrname: ["bri-iifname", datatypes.ifname],
  obrname: ["bri-oifname", datatypes.ifname],
  pkttype: ["pkttype", datatypes.pkt_type],
  cpu: ["cpu", integerOf(4, true)],
  iifgroup: ["iifgroup", datatypes.devgroup],
  oifgroup: ["oifgroup", datatypes.devgroup],
  cgroup: ["cgroup", integerOf(4, true)],
  random: ["prandom", integerOf(4)],
  secpath: ["secpath", datatypes.boolean],
  sdifname: ["sdifname", datatypes.ifname],
};

/** Keys of `ct`: the kernel's name, the type, and whether a direction goes with it. */
export const ctKeys: Readonly<
  Record<string, readonly [key: NonNullable<CtExpr["key"]>, type: Datatype, directed?: boolean]>
> = {
  state: ["state", datatypes.ct_state],
  direction: ["direction", datatypes.ct_dir],
  status: ["status", datatypes.ct_status],
  mark: ["mark", datatypes.mark],
  expiration: ["expiration", integerOf(4, true)],
  l3proto: ["l3protocol", datatypes.nf_proto, true],
  protocol: ["protocol", inet_proto, true],
  "proto-src": ["proto-src", inet_service, true],
  "proto-dst": ["proto-dst", inet_service, true],
  "ip saddr": ["src-ip", ipv4_addr, true],
  "ip daddr": ["dst-ip", ipv4_addr, true],
  "ip6 saddr": ["src-ip6", ipv6_addr, true],
  "ip6 daddr": ["dst-ip6", ipv6_addr, true],
  zone: ["zone", integerOf(2, true), true],
  id: ["ct-id", integerOf(4)],
};
