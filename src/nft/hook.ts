/** Where netfilter calls a chain or a flowtable. */
import { multi } from "../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../netlink/codec/attributes.ts";
import { be32, sbe32 } from "../netlink/codec/integer.ts";
import type { Infer } from "../netlink/codec/shape.ts";
import { string } from "../netlink/codec/string.ts";

const devSet = attributes("hook-dev-attrs", () => ({
  name: attr("NFTA_DEVICE_NAME", 1, multi(string)),
  /** Of the links whose names begin so, since Linux 6.18. */
  prefix: attr("NFTA_DEVICE_PREFIX", 2, multi(string)),
}));
/** Names of links. */
export interface HookDev extends Infer<typeof devSet> {}
const hookDev: AttributeSet<HookDev> = devSet;

const set = attributes("nft-hook-attrs", () => ({
  /** NF_INET_PRE_ROUTING 0, LOCAL_IN 1, FORWARD 2, LOCAL_OUT 3, POST_ROUTING 4, INGRESS 5; NF_NETDEV_INGRESS 0, EGRESS 1. */
  num: attr("NFTA_HOOK_HOOKNUM", 1, be32),
  /** Lower ones come first. */
  priority: attr("NFTA_HOOK_PRIORITY", 2, sbe32),
  /** The link, where it is one. */
  dev: attr("NFTA_HOOK_DEV", 3, string),
  devs: attr("NFTA_HOOK_DEVS", 4, hookDev),
}));
export interface ChainHook extends Infer<typeof set> {}
export const chainHook: AttributeSet<ChainHook> = set;

const flowtableSet = attributes("flowtable-hook-attrs", () => ({
  num: attr("NFTA_FLOWTABLE_HOOK_NUM", 1, be32),
  priority: attr("NFTA_FLOWTABLE_HOOK_PRIORITY", 2, sbe32),
  devs: attr("NFTA_FLOWTABLE_HOOK_DEVS", 3, hookDev),
}));
export interface FlowtableHook extends Infer<typeof flowtableSet> {}
export const flowtableHook: AttributeSet<FlowtableHook> = flowtableSet;
