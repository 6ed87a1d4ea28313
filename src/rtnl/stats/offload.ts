import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bool8 } from "../../netlink/codec/boolean.ts";
import { u64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { struct } from "../../netlink/codec/struct.ts";
import { rtnlLinkStats64 } from "../link/stats.ts";

const hw = struct("rtnl_hw_stats64", {
  rxPackets: u64,
  txPackets: u64,
  rxBytes: u64,
  txBytes: u64,
  rxErrors: u64,
  txErrors: u64,
  rxDropped: u64,
  txDropped: u64,
  multicast: u64,
});

const hwInfo = attributes("hw-s-info-attrs", () => ({
  /** They were asked for. */
  request: attr("IFLA_OFFLOAD_XSTATS_HW_S_INFO_REQUEST", 1, bool8),
  /** A device counts. */
  used: attr("IFLA_OFFLOAD_XSTATS_HW_S_INFO_USED", 2, bool8),
}));

const set = attributes("offload-xstats-attrs", () => ({
  /** What the device handed to the CPU. */
  cpuHit: attr("IFLA_OFFLOAD_XSTATS_CPU_HIT", 1, rtnlLinkStats64),
  hwSInfo: attr(
    "IFLA_OFFLOAD_XSTATS_HW_S_INFO",
    2,
    attributes("hw-s-info", () => ({ l3Stats: attr("IFLA_OFFLOAD_XSTATS_L3_STATS", 3, hwInfo) })),
  ),
  /** What the device routed. */
  l3Stats: attr("IFLA_OFFLOAD_XSTATS_L3_STATS", 3, hw),
}));

/** Statistics of a device that forwards by itself (IFLA_OFFLOAD_XSTATS_*). */
export interface OffloadXstats extends Infer<typeof set> {}
export const offloadXstats: AttributeSet<OffloadXstats> = set;
