import { type AttributeSet, attr, attributes, opaqueAttributes } from "../../../netlink/codec/attributes.ts";
import { be32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import { subMessage } from "../../../netlink/codec/sub-message.ts";
import { nfproto16 } from "../../../nfnetlink/header.ts";
import { ipproto } from "../../../nfnetlink/ipproto.ts";

const seconds = withUnit(be32, "s") as typeof be32;

const tcpSet = attributes("ct-timeout-tcp-attrs", () => ({
  synSent: attr("CTA_TIMEOUT_TCP_SYN_SENT", 1, seconds),
  synRecv: attr("CTA_TIMEOUT_TCP_SYN_RECV", 2, seconds),
  established: attr("CTA_TIMEOUT_TCP_ESTABLISHED", 3, seconds),
  finWait: attr("CTA_TIMEOUT_TCP_FIN_WAIT", 4, seconds),
  closeWait: attr("CTA_TIMEOUT_TCP_CLOSE_WAIT", 5, seconds),
  lastAck: attr("CTA_TIMEOUT_TCP_LAST_ACK", 6, seconds),
  timeWait: attr("CTA_TIMEOUT_TCP_TIME_WAIT", 7, seconds),
  close: attr("CTA_TIMEOUT_TCP_CLOSE", 8, seconds),
  synSent2: attr("CTA_TIMEOUT_TCP_SYN_SENT2", 9, seconds),
  retrans: attr("CTA_TIMEOUT_TCP_RETRANS", 10, seconds),
  unack: attr("CTA_TIMEOUT_TCP_UNACK", 11, seconds),
}));
/** How long TCP connections are remembered, by their state. */
export interface TcpTimeouts extends Infer<typeof tcpSet> {}
const tcp: AttributeSet<TcpTimeouts> = tcpSet;

const udpSet = attributes("ct-timeout-udp-attrs", () => ({
  unreplied: attr("CTA_TIMEOUT_UDP_UNREPLIED", 1, seconds),
  replied: attr("CTA_TIMEOUT_UDP_REPLIED", 2, seconds),
}));
/** How long UDP flows are remembered. */
export interface UdpTimeouts extends Infer<typeof udpSet> {}
const udp: AttributeSet<UdpTimeouts> = udpSet;

const set = attributes("obj-ct-timeout-attrs", () => ({
  l3proto: attr("NFTA_CT_TIMEOUT_L3PROTO", 1, nfproto16),
  l4proto: attr("NFTA_CT_TIMEOUT_L4PROTO", 2, ipproto),
  /** By the protocol (linux/netfilter/nfnetlink_cttimeout.h). */
  data: attr(
    "NFTA_CT_TIMEOUT_DATA",
    3,
    subMessage("l4proto", { tcp, udp }, opaqueAttributes("ct-timeout-attrs")),
  ),
}));
/** How long connection tracking remembers connections. */
export interface CtTimeoutObject extends Infer<typeof set> {}
export const ctTimeout: AttributeSet<CtTimeoutObject> = set;
