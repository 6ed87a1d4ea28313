import type { EtherType } from "../../tc/protocol.ts";
import type { FilterFields } from "../common.ts";
import type { FlowerTunnel } from "./flower-tunnel.ts";

/** A port, or from one to another. */
export type Ports = number | { start: number; end: number };

/** Numbers with a mask: without it all bits count. */
type Masked<K extends string> = { [P in K | `${K}Mask`]?: number };

/**
 * What a packet must be, as `tc -j` says it. Addresses have a prefix length or a mask behind a `/` or neither; numbers have
 * their mask beside them: `ctMark`, `ctMarkMask`.
 */
export interface FlowerKeys
  extends Masked<
      | "tcpFlags"
      | "ipTos"
      | "ipTtl"
      | "icmpType"
      | "icmpCode"
      | "arpOp"
      | "ctZone"
      | "ctMark"
      | "encTos"
      | "encTtl"
      | "encSrcPort"
      | "encDstPort"
      | "srcPort"
      | "dstPort"
      | "hash"
      | "spi"
    >,
    FlowerTunnel {
  dstMac?: string;
  srcMac?: string;
  /** Default the filter's `protocol`. */
  ethType?: EtherType;
  /** `tcp`, `udp`, `sctp`, `icmp`, `icmpv6` … or the number. */
  ipProto?: string | number;
  srcIp?: string;
  dstIp?: string;
  vlanId?: number;
  vlanPrio?: number;
  /** What is behind the tag. */
  vlanEthtype?: EtherType;
  cvlanId?: number;
  cvlanPrio?: number;
  cvlanEthtype?: EtherType;
  numOfVlans?: number;
  /** Whether it is a fragment, and the first. */
  ipFlags?: { frag?: boolean; firstfrag?: boolean };
  arpSip?: string;
  arpTip?: string;
  arpSha?: string;
  arpTha?: string;
  /** MPLS: of the outermost header. */
  mplsLabel?: number;
  mplsTc?: number;
  mplsBos?: number;
  mplsTtl?: number;
  /** MPLS: of several headers, 1 being the outermost. */
  mpls?: { depth: number; label?: number; tc?: number; bos?: number; ttl?: number }[];
  /** `+trk+est-new`: those that must be and must not. */
  ctState?: string;
  /** 16 bytes as hexadecimal digits. */
  ctLabel?: string;
  ctLabelMask?: string;
  /** Tunnel id. */
  encKeyId?: number;
  encSrcIp?: string;
  encDstIp?: string;
  encFlags?: { tuncsum?: boolean; tundf?: boolean; tunoam?: boolean; tuncrit?: boolean };
  pppoeSid?: number;
  pppProto?: number;
  l2tpv3Sid?: number;
  /** The FDB of the bridge did not have the address. */
  l2Miss?: boolean;
  /** Connectivity fault management (IEEE 802.1ag). */
  cfm?: { mdLevel?: number; opcode?: number };
}

/** The flower filter. */
export interface FlowerOptions extends FilterFields {
  /** Name of the link that the packet came by. */
  indev?: string;
  keys?: Omit<FlowerKeys, "srcPort" | "dstPort"> & { srcPort?: Ports; dstPort?: Ports };
}
