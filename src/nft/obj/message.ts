import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes } from "../../netlink/codec/bytes.ts";
import { be32, be64 } from "../../netlink/codec/integer.ts";
import type { Message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";
import { subMessage } from "../../netlink/codec/sub-message.ts";
import { type Nfgenmsg, nfMessage } from "../../nfnetlink/header.ts";
import { objectKinds } from "./kinds/index.ts";
import { objectType } from "./type.ts";

const set = attributes("obj-attrs", () => ({
  table: attr("NFTA_OBJ_TABLE", 1, string),
  name: attr("NFTA_OBJ_NAME", 2, string),
  type: attr("NFTA_OBJ_TYPE", 3, objectType),
  data: attr("NFTA_OBJ_DATA", 4, subMessage("type", objectKinds)),
  /** How many rules and elements use it. */
  use: attr("NFTA_OBJ_USE", 5, be32),
  handle: attr("NFTA_OBJ_HANDLE", 6, be64),
  pad: attr("NFTA_OBJ_PAD", 7, bytes),
  userdata: attr("NFTA_OBJ_USERDATA", 8, bytes),
}));
export interface NftObjectAttrs extends Infer<typeof set> {}
export const objAttrs: AttributeSet<NftObjectAttrs> = set;

/** A stateful object: struct nfgenmsg and attributes (nft(8), linux/netfilter/nf_tables.h). */
export interface NftObject extends Nfgenmsg, NftObjectAttrs {
  trailing?: Uint8Array;
}
export const objMessage: Message<NftObject> = nfMessage("obj", objAttrs);
