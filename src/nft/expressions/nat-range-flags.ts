import { flags, type NamedShape, type NameOf } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";

const names = {
  "map-ips": 1,
  "proto-specified": 2,
  "proto-random": 4,
  persistent: 8,
  "proto-random-fully": 16,
  "proto-offset": 32,
  netmap: 64,
} as const;
/** NF_NAT_RANGE_* (linux/netfilter/nf_nat.h). */
export type NatRangeFlag = NameOf<typeof names>;
export const natRangeFlags: NamedShape<readonly NatRangeFlag[]> = flags(be32, "NF_NAT_RANGE_", names);
