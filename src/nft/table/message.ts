import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be32, be64 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";

const set = attributes("table-attrs", () => ({
  name: attr("NFTA_TABLE_NAME", 1, string),
  flags: attr("NFTA_TABLE_FLAGS", 2, flags(be32, "NFT_TABLE_F_", { dormant: 1, owner: 2, persist: 4 })),
  /** How many chains, sets, objects and flowtables it has. */
  use: attr("NFTA_TABLE_USE", 3, be32),
  handle: attr("NFTA_TABLE_HANDLE", 4, be64),
  pad: attr("NFTA_TABLE_PAD", 5, bytes),
  userdata: attr("NFTA_TABLE_USERDATA", 6, bytes),
  /** Port id of the socket that owns it. */
  owner: attr("NFTA_TABLE_OWNER", 7, be32),
}));
export interface TableAttrs extends Infer<typeof set> {}
export const tableAttrs: AttributeSet<TableAttrs> = set;

/** A table: struct nfgenmsg and attributes (nft(8), linux/netfilter/nf_tables.h). */
export interface Table extends Nfgenmsg, TableAttrs {
  trailing?: Uint8Array;
}
export const tableMessage: Message<Table> = nfMessage("table", tableAttrs);
