/** What `ip -j stats show` prints, in camelCase. */

/** Statistics of a link, an entry for each suite it has, as `ip -j -s -s stats show` prints them, in camelCase. */
export type StatsEntry = { ifindex: number; ifname: string } & StatsSuite;

export type StatsSuite =
  | { group: "link"; stats64: LinkCounters }
  | { group: "offload"; subgroup: "cpu_hit"; stats64: LinkCounters }
  | { group: "offload"; subgroup: "hw_stats_info"; info: { l3Stats?: HwStatsInfo } }
  | { group: "offload"; subgroup: "l3_stats"; info?: HwStatsInfo; stats64?: HwCounters }
  | { group: "afstats"; subgroup: "mpls"; mplsStats: MplsStats }
  | ({ group: "xstats" | "xstats_slave" } & XstatsSuite);

/** What the kind of a link (`xstats`) or of its master (`xstats_slave`) counts. */
export type XstatsSuite =
  | { subgroup: "bridge"; suite: "vlan"; vlans: VlanXstats[] }
  | { subgroup: "bridge"; suite: "mcast"; multicast: McastXstats }
  | { subgroup: "bridge"; suite: "stp"; stp: StpXstats }
  | { subgroup: "bond"; suite: "802.3ad"; "802.3ad": LacpXstats };

/** Received and sent. */
export interface RxTx<R = object, T = object> {
  rx: R;
  tx: T;
}

/** Whether counting was asked for, and whether a device does. */
export interface HwStatsInfo {
  request: boolean;
  used: boolean;
}

export interface HwTxStats {
  bytes: number;
  packets: number;
  errors: number;
  dropped: number;
}

export interface HwRxStats extends HwTxStats {
  multicast: number;
}

export interface MplsRxStats extends HwTxStats {
  /** Without a route for the label. */
  noroute: number;
}

export type MplsStats = RxTx<MplsRxStats, HwTxStats>;

export interface RxStats extends HwRxStats {
  lengthErrors: number;
  overErrors: number;
  crcErrors: number;
  frameErrors: number;
  fifoErrors: number;
  missedErrors: number;
  compressed: number;
  nohandler: number;
  /** Dropped because they were for another host. */
  otherhostDropped: number;
}

export interface TxStats extends HwTxStats {
  collisions: number;
  abortedErrors: number;
  carrierErrors: number;
  fifoErrors: number;
  heartbeatErrors: number;
  windowErrors: number;
  compressed: number;
}

export type LinkCounters = RxTx<RxStats, TxStats>;
export type HwCounters = RxTx<HwRxStats, HwTxStats>;

export interface VlanXstats {
  vid: number;
  flags: string[];
  rxBytes: number;
  rxPackets: number;
  txBytes: number;
  txPackets: number;
}

type Versions<V extends string> = { [K in `${"rx" | "tx"}V${V}`]: number };
type Both = RxTx<number, number>;

/** IGMP and MLD messages. */
export interface McastXstats {
  igmpQueries: Versions<"1" | "2" | "3">;
  igmpReports: Versions<"1" | "2" | "3">;
  igmpLeaves: Both;
  igmpParseErrors: number;
  mldQueries: Versions<"1" | "2">;
  mldReports: Versions<"1" | "2">;
  mldLeaves: Both;
  mldParseErrors: number;
  /** Multicast traffic; `ip` leaves it out. */
  bytes: Both;
  packets: Both;
}

/** Spanning tree of a bridge's port: frames, and changes of state. */
export interface StpXstats {
  rxBpdu: number;
  txBpdu: number;
  rxTcn: number;
  txTcn: number;
  transitionBlk: number;
  transitionFwd: number;
}

export interface LacpXstats {
  lacpduRx: number;
  lacpduTx: number;
  lacpduUnknownRx: number;
  lacpduIllegalRx: number;
  markerRx: number;
  markerTx: number;
  markerResponseRx: number;
  markerResponseTx: number;
  markerUnknownRx: number;
}
