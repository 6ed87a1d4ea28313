import { ip } from "../../netlink/codec/address.ts";
import { arrayOf, multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, flag, pad } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { be16, u8, u16, u32, u64, uint } from "../../netlink/codec/integer.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../netlink/codec/struct.ts";
import { subMessage } from "../../netlink/codec/sub-message.ts";
import { addressFamily } from "../family.ts";
import { encapFormats, encapType } from "../route/encap/index.ts";
import { rtProtocol } from "../route/header.ts";
import { rtScope } from "../scope.ts";

const nhFlags = flags(u32, "RTNH_F_", {
  dead: 1,
  pervasive: 2,
  onlink: 4,
  offload: 8,
  linkdown: 16,
  unresolved: 32,
  trap: 64,
});

const header = struct("nhmsg", {
  nhFamily: addressFamily,
  /** Only received. */
  nhScope: rtScope,
  nhProtocol: rtProtocol,
  resvd: pad(1),
  nhFlags,
});

/** struct nhmsg (linux/nexthop.h), 8 bytes. */
export interface Nhmsg extends Infer<typeof header> {}
export const nhmsg: StructShape<Nhmsg> = header;

const member = struct("nexthop_grp", {
  id: u32,
  /** Weight less one, its lower half. */
  weight: u8,
  /** Its upper half, since Linux 6.12. */
  weightHigh: u8,
  resvd2: pad(2),
});

const hundredths = <T>(shape: T) => withUnit(shape as never, "1/100 s") as T;

const resGroupSet = attributes("nha-res-group-attrs", () => ({
  pad: attr("NHA_RES_GROUP_PAD", 0, bytes),
  buckets: attr("NHA_RES_GROUP_BUCKETS", 1, u16),
  /** How long a bucket must be without traffic to be moved. */
  idleTimer: attr("NHA_RES_GROUP_IDLE_TIMER", 2, hundredths(u32)),
  /** How long the weights may be wrong before buckets are moved whatever their traffic; 0 for ever. */
  unbalancedTimer: attr("NHA_RES_GROUP_UNBALANCED_TIMER", 3, hundredths(u32)),
  /** How long they have been. */
  unbalancedTime: attr("NHA_RES_GROUP_UNBALANCED_TIME", 4, hundredths(u64)),
}));
export interface ResGroup extends Infer<typeof resGroupSet> {}
const resGroup: AttributeSet<ResGroup> = resGroupSet;

const resBucketSet = attributes("nha-res-bucket-attrs", () => ({
  pad: attr("NHA_RES_BUCKET_PAD", 0, bytes),
  index: attr("NHA_RES_BUCKET_INDEX", 1, u16),
  idleTime: attr("NHA_RES_BUCKET_IDLE_TIME", 2, hundredths(u64)),
  nhId: attr("NHA_RES_BUCKET_NH_ID", 3, u32),
}));
export interface ResBucket extends Infer<typeof resBucketSet> {}
const resBucket: AttributeSet<ResBucket> = resBucketSet;

const statsEntrySet = attributes("nha-group-stats-entry-attrs", () => ({
  id: attr("NHA_GROUP_STATS_ENTRY_ID", 1, u32),
  packets: attr("NHA_GROUP_STATS_ENTRY_PACKETS", 2, uint),
  /** Of these, those that hardware forwarded. */
  packetsHw: attr("NHA_GROUP_STATS_ENTRY_PACKETS_HW", 3, uint),
}));
interface StatsEntry extends Infer<typeof statsEntrySet> {}
const statsEntry: AttributeSet<StatsEntry> = statsEntrySet;

const statsSet = attributes("nha-group-stats-attrs", () => ({
  entry: attr("NHA_GROUP_STATS_ENTRY", 1, multi(statsEntry)),
}));
interface GroupStats extends Infer<typeof statsSet> {}
const groupStats: AttributeSet<GroupStats> = statsSet;

const groupTypes = { mpath: 0, res: 1 } as const;

const set = attributes("nexthop-attrs", () => ({
  /** 0 or missing: the kernel chooses. */
  id: attr("NHA_ID", 1, u32),
  /** The nexthops that share the packets. */
  group: attr("NHA_GROUP", 2, arrayOf(member)),
  groupType: attr("NHA_GROUP_TYPE", 3, enumeration(u16, "NEXTHOP_GRP_TYPE_", groupTypes)),
  blackhole: attr("NHA_BLACKHOLE", 4, flag),
  oif: attr("NHA_OIF", 5, u32),
  gateway: attr("NHA_GATEWAY", 6, ip),
  encapType: attr("NHA_ENCAP_TYPE", 7, encapType),
  encap: attr("NHA_ENCAP", 8, subMessage("encapType", encapFormats)),
  /** In a dump: groups alone. */
  groups: attr("NHA_GROUPS", 9, flag),
  /** In a dump: those whose link has this master. */
  master: attr("NHA_MASTER", 10, u32),
  /** It is for entries of a bridge's forwarding database. */
  fdb: attr("NHA_FDB", 11, flag),
  resGroup: attr("NHA_RES_GROUP", 12, resGroup),
  resBucket: attr("NHA_RES_BUCKET", 13, resBucket),
  opFlags: attr(
    "NHA_OP_FLAGS",
    14,
    flags(u32, "NHA_OP_FLAG_", {
      "dump-stats": 1,
      "dump-hw-stats": 2,
      "resp-grp-resvd-0": [0x80000000, "NHA_OP_FLAG_RESP_GRP_RESVD_0"],
    }),
  ),
  groupStats: attr("NHA_GROUP_STATS", 15, groupStats),
  hwStatsEnable: attr("NHA_HW_STATS_ENABLE", 16, u32),
  hwStatsUsed: attr("NHA_HW_STATS_USED", 17, u32),
  /** UDP port of an fdb nexthop. */
  dstPort: attr("NHA_DST_PORT", 18, be16),
}));

export interface NexthopAttrs extends Infer<typeof set> {}
export const nexthopAttrs: AttributeSet<NexthopAttrs> = set;

/** A nexthop object, or a bucket of a resilient group: struct nhmsg and its attributes (linux/nexthop.h). */
export interface NexthopObject extends Nhmsg, NexthopAttrs {
  trailing?: Uint8Array;
}
export const nexthopMessage: Message<NexthopObject> = message(
  "nexthop",
  nhmsg,
  nexthopAttrs,
) as Message<NexthopObject>;
