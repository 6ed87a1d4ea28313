import { ip } from "../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be16, be32, s32, u8, u32, u64 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { subMessage } from "../../netlink/codec/sub-message.ts";
import { mostlyZero } from "../../netlink/codec/zero-struct.ts";
import { destination } from "./destination.ts";
import { type Rtmsg, rtmsg } from "./header.ts";
import { metrics } from "./metrics.ts";
import { multipath, nexthopFields } from "./nexthop.ts";

const hundredths = (shape: typeof u32) => withUnit(shape, "1/100 s") as typeof u32;

const cacheinfo = mostlyZero(
  struct("rta-cacheinfo", {
    rtaClntref: u32,
    rtaLastuse: hundredths(u32),
    rtaExpires: hundredths(s32),
    rtaError: u32,
    rtaUsed: u32,
    rtaId: u32,
    rtaTs: u32,
    rtaTsage: u32,
  }),
);

const expires32 = withUnit(u32, "s");
const expires64 = withUnit(u64, "1/100 s");

const mfcStats = struct("rta-mfc-stats", { mfcsPackets: u64, mfcsBytes: u64, mfcsWrongIf: u64 });

const set = attributes("route-attrs", () => ({
  ...nexthopFields,
  /** Destination, of an MPLS route its label; its prefix length is the header's `rtmDstLen`. Not sent for the default route. */
  dst: attr("RTA_DST", 1, destination),
  src: attr("RTA_SRC", 2, ip),
  /** Index of the link a packet comes in by. */
  iif: attr("RTA_IIF", 3, u32),
  /** Index of the link it goes out by. */
  oif: attr("RTA_OIF", 4, u32),
  /** Metric: the lower wins. */
  priority: attr("RTA_PRIORITY", 6, u32),
  prefsrc: attr("RTA_PREFSRC", 7, ip),
  metrics: attr("RTA_METRICS", 8, metrics),
  multipath: attr("RTA_MULTIPATH", 9, multipath),
  protoinfo: attr("RTA_PROTOINFO", 10, bytes),
  cacheinfo: attr("RTA_CACHEINFO", 12, cacheinfo),
  session: attr("RTA_SESSION", 13, bytes),
  mpAlgo: attr("RTA_MP_ALGO", 14, bytes),
  table: attr("RTA_TABLE", 15, u32),
  mark: attr("RTA_MARK", 16, u32),
  mfcStats: attr("RTA_MFC_STATS", 17, mfcStats),
  pref: attr(
    "RTA_PREF",
    20,
    enumeration(u8, "ICMPV6_ROUTER_PREF_", { medium: 0, high: 1, invalid: 2, low: 3 }),
  ),
  /** Of a multicast route 64 bits, in 1/100 s: since a packet last took it. */
  expires: attr("RTA_EXPIRES", 23, subMessage("rtmFamily", { ipmr: expires64, ip6mr: expires64 }, expires32)),
  pad: attr("RTA_PAD", 24, bytes),
  uid: attr("RTA_UID", 25, u32),
  ipProto: attr("RTA_IP_PROTO", 27, u8),
  sport: attr("RTA_SPORT", 28, be16),
  dport: attr("RTA_DPORT", 29, be16),
  /** Nexthop object. */
  nhId: attr("RTA_NH_ID", 30, u32),
  flowlabel: attr("RTA_FLOWLABEL", 31, be32),
  delReason: attr(
    "RTA_DEL_REASON",
    32,
    enumeration(u32, "RT_DEL_REASON_", { unspec: 0, expired: 1, "ra-withdrawn": 2 }),
  ),
}));

export interface RouteAttrs extends Infer<typeof set> {}
export const routeAttrs: AttributeSet<RouteAttrs> = set;

/** A route: struct rtmsg and its attributes (rtnetlink(7), linux/rtnetlink.h). */
export interface Route extends Rtmsg, RouteAttrs {
  trailing?: Uint8Array;
}
export const routeMessage: Message<Route> = message("route", rtmsg, routeAttrs) as Message<Route>;
