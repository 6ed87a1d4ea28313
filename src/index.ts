/** `nlkit`: namespaces and what is in them, with iproute2's verbs and words. */

export type {
  ControlAction,
  TcAction,
  TcActionInfo,
  TcActionKey,
  TcActionListOptions,
  TcActions,
} from "./api/action/action.ts";
export type { Addrs } from "./api/addr/addr.ts";
export type { AddrFilter } from "./api/addr/filter.ts";
export type { Addr } from "./api/addr/read.ts";
export type { AddrKey, AddrSettings } from "./api/addr/write.ts";
export type { Addrlabel, AddrlabelAdd, AddrlabelKey, Addrlabels } from "./api/addrlabel/addrlabel.ts";
export type { TcChain, TcChainAdd, TcChainKey, TcChains } from "./api/chain/chain.ts";
export type {
  TcClass,
  TcClassAdd,
  TcClasses,
  TcClassFilter,
  TcClassListOptions,
  TcClassOptions,
} from "./api/class/class.ts";
export type { Fdb, FdbFilter, FdbGet, FdbListOptions } from "./api/fdb/fdb.ts";
export type { FdbFlush } from "./api/fdb/flush.ts";
export type { FdbEntry } from "./api/fdb/read.ts";
export type { FdbAdd, FdbDestination, FdbKey, FdbPlace } from "./api/fdb/write.ts";
export type {
  FilterPlace,
  TcFilter,
  TcFilterAdd,
  TcFilterFilter,
  TcFilterKey,
  TcFilterListOptions,
  TcFilterOptions,
  TcFilters,
} from "./api/filter/filter.ts";
export type { Firewall, FirewallHook } from "./api/firewall/firewall.ts";
export type { LinkGroup, LinkListOptions, Links } from "./api/link/link.ts";
export type { LinkProperties, LinkProperty } from "./api/link/property.ts";
export type { Link, LinkFields } from "./api/link/read.ts";
export type { LinkSelector } from "./api/link/select.ts";
export type { VfInfo, VfSettings, VfVlan } from "./api/link/vf.ts";
export type { LinkAdd, LinkCreation, LinkSet, LinkSettings } from "./api/link/write.ts";
export type { Xdp, XdpMode, XdpSettings } from "./api/link/xdp.ts";
export type { Mdb, MdbFilter } from "./api/mdb/mdb.ts";
export type { MdbEntry, MdbRouter } from "./api/mdb/read.ts";
export type { MdbAdd, MdbFlush, MdbKey } from "./api/mdb/write.ts";
export type { Masquerade, Nat, PortForward } from "./api/nat/nat.ts";
export type { NeighFilter } from "./api/neigh/filter.ts";
export type { NeighListOptions, Neighs } from "./api/neigh/neigh.ts";
export type { Neigh } from "./api/neigh/read.ts";
export type { NeighAdd, NeighKey, NeighState } from "./api/neigh/write.ts";
export type { Netconf, NetconfFamily, NetconfFilter, Netconfs } from "./api/netconf/netconf.ts";
export type { NetnsExecOptions, NetnsExecResult } from "./api/netns/exec.ts";
export { Netns, type NetnsEntry, type NetnsOptions } from "./api/netns/netns.ts";
export type { NetnsTarget } from "./api/netns/open.ts";
export type { NetnsSpawnOptions } from "./api/netns/spawn.ts";
export type { BucketFilter, NexthopFilter, NexthopListOptions, Nexthops } from "./api/nexthop/nexthop.ts";
export type {
  NexthopBucket,
  NexthopMember,
  NexthopObject,
  NexthopStats,
  ResilientArgs,
} from "./api/nexthop/read.ts";
export type { NexthopAdd } from "./api/nexthop/write.ts";
export type { NftCommand } from "./api/nft/commands.ts";
export type {
  Left,
  NftChain,
  NftElement,
  NftElements,
  NftFamily,
  NftKey,
  NftMap,
  NftObject,
  NftRule,
  NftSet,
  NftTable,
  Right,
  Selector,
  Statement,
} from "./api/nft/json.ts";
export type { PacketMatch } from "./api/nft/matches.ts";
export type { Nft, NftFilter } from "./api/nft/nft.ts";
export type { Ntable, NtableFilter, NtableSettings, Ntables } from "./api/ntable/ntable.ts";
export type {
  Qdisc,
  QdiscAdd,
  QdiscFilter,
  QdiscKey,
  QdiscListOptions,
  QdiscOptions,
  Qdiscs,
} from "./api/qdisc/qdisc.ts";
export type { Encap, EncapSettings } from "./api/route/encap/words.ts";
export type { PrefixFilter, RouteFilter } from "./api/route/filter.ts";
export type { RouteQuery } from "./api/route/get.ts";
export type { RouteMetrics } from "./api/route/metrics.ts";
export type { RouteFamily } from "./api/route/mpls.ts";
export type { FlowSettings, MultipathNexthop, NexthopSettings } from "./api/route/nexthop.ts";
export type { Flow, Nexthop, NexthopFields, Route, Via } from "./api/route/read.ts";
export type { Routes } from "./api/route/route.ts";
export type { RouteSettings } from "./api/route/write.ts";
export type { Rule } from "./api/rule/read.ts";
export type { Rules } from "./api/rule/rule.ts";
export type { RuleSelector, RuleSettings } from "./api/rule/write.ts";
export type { Dev } from "./api/session.ts";
export type { Stats, StatsFilter, StatsSettings } from "./api/stats/stats.ts";
export type { LinkCounters, StatsEntry, StatsSuite } from "./api/stats/suites.ts";
export type { StatsGroup, StatsSelector } from "./api/stats/words.ts";
export type { TcStats } from "./api/tc/stats.ts";
export type { TuntapOptions } from "./api/tuntap/device.ts";
export type { TuntapQueue } from "./api/tuntap/queue.ts";
export type { Tuntap, TuntapAdd, Tuntaps } from "./api/tuntap/tuntap.ts";
export type {
  GlobalOptions,
  Vlan,
  VlanGlobal,
  VlanGlobals,
  VlanTunnel,
  VlanTunnels,
} from "./api/vlan/read.ts";
export type { VlanFilter, VlanListOptions, Vlans } from "./api/vlan/vlan.ts";
export type { VlanRange } from "./api/vlan/words.ts";
export type { VlanAdd, VlanGlobalSet, VlanSet } from "./api/vlan/write.ts";
export type { Vni, VniAdd, VniFilter, VniFilters, VniListOptions, VniRange, Vnis } from "./api/vni/vni.ts";
export * from "./netlink/errors.ts";
export { KernelError } from "./netlink/kernel-error.ts";
