import { enumeration, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { be32 } from "../netlink/codec/integer.ts";

const names = {
  "reg-verdict": 0,
  "reg-1": 1,
  "reg-2": 2,
  "reg-3": 3,
  "reg-4": 4,
  "reg32-00": 8,
  "reg32-01": 9,
  "reg32-02": 10,
  "reg32-03": 11,
  "reg32-04": 12,
  "reg32-05": 13,
  "reg32-06": 14,
  "reg32-07": 15,
  "reg32-08": 16,
  "reg32-09": 17,
  "reg32-10": 18,
  "reg32-11": 19,
  "reg32-12": 20,
  "reg32-13": 21,
  "reg32-14": 22,
  "reg32-15": 23,
} as const;
/**
 * A register: NFT_REG_1 to NFT_REG_4 are 16 bytes each, NFT_REG32_00 to NFT_REG32_15 the same 64 bytes in fours
 * (linux/netfilter/nf_tables.h).
 */
export type Register = NameOf<typeof names>;
export const register: NamedShape<Register> = enumeration(be32, "NFT_", names);
