import { type AttributeSet, attr, attributes } from "../netlink/codec/attributes.ts";
import { bytes } from "../netlink/codec/bytes.ts";
import { enumeration, type NamedShape, type NameOf } from "../netlink/codec/enumeration.ts";
import { be32 } from "../netlink/codec/integer.ts";
import type { Infer } from "../netlink/codec/shape.ts";
import { string } from "../netlink/codec/string.ts";

const codes = {
  continue: [0xffffffff, "NFT_CONTINUE"],
  break: [0xfffffffe, "NFT_BREAK"],
  jump: [0xfffffffd, "NFT_JUMP"],
  goto: [0xfffffffc, "NFT_GOTO"],
  return: [0xfffffffb, "NFT_RETURN"],
  drop: 0,
  accept: 1,
  stolen: 2,
  queue: 3,
  repeat: 4,
} as const;
/** What becomes of a packet: NF_* (linux/netfilter.h), or where the rules go on, NFT_* (linux/netfilter/nf_tables.h). */
export type VerdictCode = NameOf<typeof codes>;
export const verdictCode: NamedShape<VerdictCode> = enumeration(be32, "NF_", codes);

const verdictSet = attributes("verdict-attrs", () => ({
  code: attr("NFTA_VERDICT_CODE", 1, verdictCode),
  /** Of a jump or goto. */
  chain: attr("NFTA_VERDICT_CHAIN", 2, string),
  /** The same of a chain that is made in the same batch. */
  chainId: attr("NFTA_VERDICT_CHAIN_ID", 3, be32),
}));
export interface Verdict extends Infer<typeof verdictSet> {}
export const verdict: AttributeSet<Verdict> = verdictSet;

const dataSet = attributes("data-attrs", () => ({
  /** As it is in the packet, or in the kernel's memory: mostly network byte order, marks and indexes in the host's. */
  value: attr("NFTA_DATA_VALUE", 1, bytes),
  verdict: attr("NFTA_DATA_VERDICT", 2, verdict),
}));
/** Bytes, or a verdict. */
export interface Data extends Infer<typeof dataSet> {}
export const data: AttributeSet<Data> = dataSet;
