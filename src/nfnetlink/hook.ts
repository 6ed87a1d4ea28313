import { type AttributeSet, attr, attributes } from "../netlink/codec/attributes.ts";
import { enumeration } from "../netlink/codec/enumeration.ts";
import { be32, sbe32 } from "../netlink/codec/integer.ts";
import type { Message } from "../netlink/codec/message.ts";
import type { Infer } from "../netlink/codec/shape.ts";
import { string } from "../netlink/codec/string.ts";
import { subMessage } from "../netlink/codec/sub-message.ts";
import { dump, type Request } from "../netlink/request.ts";
import { NFNL_SUBSYS_HOOK } from "./constants.ts";
import { type Nfgenmsg, nfMessage, nfproto, nfType } from "./header.ts";

const chainSet = attributes("hook-chain-desc-attrs", () => ({
  table: attr("NFNLA_CHAIN_TABLE", 1, string),
  family: attr("NFNLA_CHAIN_FAMILY", 2, nfproto),
  name: attr("NFNLA_CHAIN_NAME", 3, string),
}));
/** The chain of nf_tables that a hook calls. */
export interface HookChain extends Infer<typeof chainSet> {}
const chain: AttributeSet<HookChain> = chainSet;

const infoSet = attributes("hook-chain-info-attrs", () => ({
  type: attr("NFNLA_HOOK_INFO_TYPE", 2, enumeration(be32, "NFNL_HOOK_TYPE_", { nftables: 1 })),
  desc: attr("NFNLA_HOOK_INFO_DESC", 1, subMessage("type", { nftables: chain })),
}));
export interface HookInfo extends Infer<typeof infoSet> {}
const info: AttributeSet<HookInfo> = infoSet;

const set = attributes("hook-attrs", () => ({
  /** NF_INET_*, NF_NETDEV_* …, as the family has them. */
  hooknum: attr("NFNLA_HOOK_HOOKNUM", 1, be32),
  priority: attr("NFNLA_HOOK_PRIORITY", 2, sbe32),
  /** In a request: of this link. */
  dev: attr("NFNLA_HOOK_DEV", 3, string),
  /** What the kernel calls. */
  functionName: attr("NFNLA_HOOK_FUNCTION_NAME", 4, string),
  moduleName: attr("NFNLA_HOOK_MODULE_NAME", 5, string),
  chainInfo: attr("NFNLA_HOOK_CHAIN_INFO", 6, info),
}));
export interface HookAttrs extends Infer<typeof set> {}
export const hookAttrs: AttributeSet<HookAttrs> = set;

/** A function that netfilter calls at a hook (linux/netfilter/nfnetlink_hook.h). */
export interface Hook extends Nfgenmsg, HookAttrs {
  trailing?: Uint8Array;
}
export const hookMessage: Message<Hook> = nfMessage("hook", hookAttrs);

export const NFNL_MSG_HOOK_GET_TYPE = nfType("NFNL_MSG_HOOK_GET", NFNL_SUBSYS_HOOK, 0, hookMessage);
export const hookTypes = [NFNL_MSG_HOOK_GET_TYPE];

/** What is called at `hooknum` of a family; of `netdev`, on the link `dev`. */
export function listHooks(filter: Pick<Partial<Hook>, "nfgenFamily" | "hooknum" | "dev">): Request<Hook> {
  return dump(NFNL_MSG_HOOK_GET_TYPE, filter, NFNL_MSG_HOOK_GET_TYPE);
}
