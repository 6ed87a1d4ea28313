import { policyAttrs } from "../../netlink/codec/ack.ts";
import { indexedArray } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration, flags, type NamedShape, type NameOf } from "../../netlink/codec/enumeration.ts";
import { u8, u16, u32 } from "../../netlink/codec/integer.ts";
import { keyedArray } from "../../netlink/codec/keyed-array.ts";
import { type Message, message } from "../../netlink/codec/message.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string, stringOf } from "../../netlink/codec/string.ts";
import {
  CTRL_CMD_DELFAMILY,
  CTRL_CMD_DELMCAST_GRP,
  CTRL_CMD_DELOPS,
  CTRL_CMD_GETFAMILY,
  CTRL_CMD_GETMCAST_GRP,
  CTRL_CMD_GETOPS,
  CTRL_CMD_GETPOLICY,
  CTRL_CMD_NEWFAMILY,
  CTRL_CMD_NEWMCAST_GRP,
  CTRL_CMD_NEWOPS,
} from "../constants.ts";
import { type Genlmsghdr, genlmsghdr } from "../header.ts";

const commands = {
  newfamily: CTRL_CMD_NEWFAMILY,
  delfamily: CTRL_CMD_DELFAMILY,
  getfamily: CTRL_CMD_GETFAMILY,
  newops: CTRL_CMD_NEWOPS,
  delops: CTRL_CMD_DELOPS,
  getops: CTRL_CMD_GETOPS,
  "newmcast-grp": CTRL_CMD_NEWMCAST_GRP,
  "delmcast-grp": CTRL_CMD_DELMCAST_GRP,
  "getmcast-grp": CTRL_CMD_GETMCAST_GRP,
  getpolicy: CTRL_CMD_GETPOLICY,
} as const;
export type CtrlCommand = NameOf<typeof commands>;
const command: NamedShape<CtrlCommand> = enumeration(u8, "CTRL_CMD_", commands);

const opSet = attributes("op-attrs", () => ({
  /** The command's number. */
  id: attr("CTRL_ATTR_OP_ID", 1, u32),
  flags: attr(
    "CTRL_ATTR_OP_FLAGS",
    2,
    flags(u32, "GENL_", {
      /** Needs CAP_NET_ADMIN in the first user namespace. */
      "admin-perm": 1,
      "cmd-cap-do": 2,
      "cmd-cap-dump": 4,
      "cmd-cap-haspol": 8,
      /** Needs CAP_NET_ADMIN in the namespace's own user namespace. */
      "uns-admin-perm": 16,
    }),
  ),
}));
/** An operation of a family. */
export interface FamilyOperation extends Infer<typeof opSet> {}
const op: AttributeSet<FamilyOperation> = opSet;

const groupSet = attributes("mcast-group-attrs", () => ({
  name: attr("CTRL_ATTR_MCAST_GRP_NAME", 1, string),
  /** What a socket joins: NETLINK_ADD_MEMBERSHIP. */
  id: attr("CTRL_ATTR_MCAST_GRP_ID", 2, u32),
}));
/** A multicast group of a family. */
export interface FamilyGroup extends Infer<typeof groupSet> {}
const group: AttributeSet<FamilyGroup> = groupSet;

const opPolicySet = attributes("op-policy-attrs", () => ({
  /** Number of the policy for a request. */
  do: attr("CTRL_ATTR_POLICY_DO", 1, u32),
  /** The same for a dump. */
  dump: attr("CTRL_ATTR_POLICY_DUMP", 2, u32),
}));
export interface OperationPolicy extends Infer<typeof opPolicySet> {}
const opPolicy: AttributeSet<OperationPolicy> = opPolicySet;

const set = attributes("ctrl-attrs", () => ({
  familyId: attr("CTRL_ATTR_FAMILY_ID", 1, u16),
  familyName: attr("CTRL_ATTR_FAMILY_NAME", 2, stringOf(15)),
  version: attr("CTRL_ATTR_VERSION", 3, u32),
  /** Bytes of the family's own header behind struct genlmsghdr. */
  hdrsize: attr("CTRL_ATTR_HDRSIZE", 4, u32),
  /** Highest attribute number. */
  maxattr: attr("CTRL_ATTR_MAXATTR", 5, u32),
  ops: attr("CTRL_ATTR_OPS", 6, indexedArray(op)),
  mcastGroups: attr("CTRL_ATTR_MCAST_GROUPS", 7, indexedArray(group)),
  /** By the policy's number, then by the attribute's: what the kernel accepts for it. */
  policy: attr("CTRL_ATTR_POLICY", 8, keyedArray(keyedArray(policyAttrs))),
  /** By the command: the policies of its request and dump. */
  opPolicy: attr("CTRL_ATTR_OP_POLICY", 9, keyedArray(opPolicy)),
  /** In a request for policies: this command's alone. */
  op: attr("CTRL_ATTR_OP", 10, u32),
}));
export interface CtrlAttrs extends Infer<typeof set> {}
export const ctrlAttrs: AttributeSet<CtrlAttrs> = set;

/** A message of nlctrl, the family that knows all families (linux/genetlink.h). */
export interface Ctrl extends Genlmsghdr<CtrlCommand>, CtrlAttrs {
  trailing?: Uint8Array;
}
export const ctrlMessage: Message<Ctrl> = message("nlctrl", genlmsghdr(command), ctrlAttrs) as Message<Ctrl>;
