import { enumeration, type NamedShape, type NameOf } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";

const types = {
  unspec: 0,
  counter: 1,
  quota: 2,
  "ct-helper": 3,
  limit: 4,
  connlimit: 5,
  tunnel: 6,
  "ct-timeout": 7,
  secmark: 8,
  "ct-expect": 9,
  synproxy: 10,
} as const;
/** NFT_OBJECT_* (linux/netfilter/nf_tables.h). */
export type ObjectType = NameOf<typeof types>;
export const objectType: NamedShape<ObjectType> = enumeration(be32, "NFT_OBJECT_", types);
