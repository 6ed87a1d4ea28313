import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { u32 } from "../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";

const set = attributes("metrics", () => ({
  /** Bit n fixes the metric of type n. */
  lock: attr("RTAX_LOCK", 1, u32),
  mtu: attr("RTAX_MTU", 2, withUnit(u32, "bytes")),
  window: attr("RTAX_WINDOW", 3, withUnit(u32, "bytes")),
  rtt: attr("RTAX_RTT", 4, withUnit(u32, "1/8 ms")),
  rttvar: attr("RTAX_RTTVAR", 5, withUnit(u32, "1/4 ms")),
  ssthresh: attr("RTAX_SSTHRESH", 6, u32),
  cwnd: attr("RTAX_CWND", 7, u32),
  advmss: attr("RTAX_ADVMSS", 8, withUnit(u32, "bytes")),
  reordering: attr("RTAX_REORDERING", 9, u32),
  hoplimit: attr("RTAX_HOPLIMIT", 10, u32),
  initcwnd: attr("RTAX_INITCWND", 11, u32),
  features: attr(
    "RTAX_FEATURES",
    12,
    flags(u32, "RTAX_FEATURE_", { ecn: 1, sack: 2, timestamp: 4, allfrag: 8, "tcp-usec-ts": 16 }),
  ),
  rtoMin: attr("RTAX_RTO_MIN", 13, withUnit(u32, "ms")),
  initrwnd: attr("RTAX_INITRWND", 14, u32),
  quickack: attr("RTAX_QUICKACK", 15, u32),
  ccAlgo: attr("RTAX_CC_ALGO", 16, string),
  fastopenNoCookie: attr("RTAX_FASTOPEN_NO_COOKIE", 17, u32),
}));

/** What the kernel should assume of the path (linux/rtnetlink.h RTAX_*, ip-route(8)). */
export interface RouteMetrics extends Infer<typeof set> {}
export const metrics: AttributeSet<RouteMetrics> = set;
