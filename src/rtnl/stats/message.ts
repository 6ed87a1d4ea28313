import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bool8 } from "../../netlink/codec/boolean.ts";
import { pad } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { u32, u64 } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { addressFamily } from "../family.ts";
import { rtnlLinkStats64 } from "../link/stats.ts";
import { offloadXstats } from "./offload.ts";
import { linkXstats } from "./xstats.ts";

/** IFLA_STATS_FILTER_BIT() of the attributes. */
const filter = flags(u32, "", {
  "link-64": [1, "IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64)"],
  "link-xstats": [2, "IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS)"],
  "link-xstats-slave": [4, "IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_XSTATS_SLAVE)"],
  "link-offload-xstats": [8, "IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_OFFLOAD_XSTATS)"],
  "af-spec": [16, "IFLA_STATS_FILTER_BIT(IFLA_STATS_AF_SPEC)"],
});

const header = struct("if_stats_msg", {
  family: addressFamily,
  pad: pad(3),
  /** Index of the link; a dump is of all. */
  ifindex: u32,
  /** What is asked for; at least one. */
  filterMask: filter,
});

/** struct if_stats_msg (linux/if_link.h), 12 bytes. */
export interface IfStatsMsg extends Infer<typeof header> {}
export const ifStatsMsg: StructShape<IfStatsMsg> = header;

const mplsStats = struct("mpls_link_stats", {
  rxPackets: u64,
  txPackets: u64,
  rxBytes: u64,
  txBytes: u64,
  rxErrors: u64,
  txErrors: u64,
  rxDropped: u64,
  txDropped: u64,
  rxNoroute: u64,
});

const afSpec = attributes("stats-af-spec-attrs", () => ({
  mpls: attr(
    "AF_MPLS",
    28,
    attributes("mpls-stats-attrs", () => ({ link: attr("MPLS_STATS_LINK", 1, mplsStats) })),
  ),
}));

const set = attributes("stats-attrs", () => ({
  link64: attr("IFLA_STATS_LINK_64", 1, rtnlLinkStats64),
  linkXstats: attr("IFLA_STATS_LINK_XSTATS", 2, linkXstats),
  /** The same as a port, of the master's kind. */
  linkXstatsSlave: attr("IFLA_STATS_LINK_XSTATS_SLAVE", 3, linkXstats),
  linkOffloadXstats: attr("IFLA_STATS_LINK_OFFLOAD_XSTATS", 4, offloadXstats),
  afSpec: attr("IFLA_STATS_AF_SPEC", 5, afSpec),
}));
export interface StatsAttrs extends Infer<typeof set> {}
export const statsAttrs: AttributeSet<StatsAttrs> = set;

/** Statistics of a link: struct if_stats_msg and IFLA_STATS_* (linux/if_link.h, ip-stats(8)). */
export interface Stats extends IfStatsMsg, StatsAttrs {
  trailing?: Uint8Array;
}
export const statsMessage: Message<Stats> = message("stats", ifStatsMsg, statsAttrs) as Message<Stats>;

const offloadFilter = flags(u32, "", {
  "cpu-hit": [1, "IFLA_STATS_FILTER_BIT(IFLA_OFFLOAD_XSTATS_CPU_HIT)"],
  "hw-s-info": [2, "IFLA_STATS_FILTER_BIT(IFLA_OFFLOAD_XSTATS_HW_S_INFO)"],
  "l3-stats": [4, "IFLA_STATS_FILTER_BIT(IFLA_OFFLOAD_XSTATS_L3_STATS)"],
});

const getSet = attributes("stats-getset-attrs", () => ({
  /** Which parts of an attribute are asked for; not sent: all. */
  getFilters: attr(
    "IFLA_STATS_GET_FILTERS",
    1,
    attributes("stats-get-filters-attrs", () => ({
      linkOffloadXstats: attr("IFLA_STATS_LINK_OFFLOAD_XSTATS", 4, offloadFilter),
    })),
  ),
  /** Whether a device is to count what it routes. */
  setOffloadXstatsL3Stats: attr("IFLA_STATS_SET_OFFLOAD_XSTATS_L3_STATS", 2, bool8),
}));
export interface StatsGetsetAttrs extends Infer<typeof getSet> {}
export const statsGetsetAttrs: AttributeSet<StatsGetsetAttrs> = getSet;

/** What RTM_GETSTATS asks for and RTM_SETSTATS sets (IFLA_STATS_GETSET_*, kernel 5.19). */
export interface StatsGetset extends IfStatsMsg, StatsGetsetAttrs {
  trailing?: Uint8Array;
}
export const statsGetsetMessage: Message<StatsGetset> = message(
  "stats-getset",
  ifStatsMsg,
  statsGetsetAttrs,
) as Message<StatsGetset>;
