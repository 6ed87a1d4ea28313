/** Message types of the subsystems that have a header here and no schema: their attributes stay as they are. */
import { type Kept, opaqueAttributes } from "../netlink/codec/attributes.ts";
import type { Message } from "../netlink/codec/message.ts";
import type { MessageType } from "../netlink/codec/protocol.ts";
import * as c from "./constants.ts";
import { type NfMessage, nfMessage, nfType } from "./header.ts";

export const opaqueMessage: Message<NfMessage<Kept>> = nfMessage(
  "nfnetlink",
  opaqueAttributes("nfnetlink-attrs"),
);

/** Subsystem, number of the first, constants in the order of their numbers. */
const tables: readonly (readonly [subsystem: number, first: number, constants: readonly string[]])[] = [
  [
    c.NFNL_SUBSYS_CTNETLINK,
    0,
    [
      "IPCTNL_MSG_CT_NEW",
      "IPCTNL_MSG_CT_GET",
      "IPCTNL_MSG_CT_DELETE",
      "IPCTNL_MSG_CT_GET_CTRZERO",
      "IPCTNL_MSG_CT_GET_STATS_CPU",
      "IPCTNL_MSG_CT_GET_STATS",
      "IPCTNL_MSG_CT_GET_DYING",
      "IPCTNL_MSG_CT_GET_UNCONFIRMED",
    ],
  ],
  [
    c.NFNL_SUBSYS_CTNETLINK_EXP,
    0,
    ["IPCTNL_MSG_EXP_NEW", "IPCTNL_MSG_EXP_GET", "IPCTNL_MSG_EXP_DELETE", "IPCTNL_MSG_EXP_GET_STATS_CPU"],
  ],
  [
    c.NFNL_SUBSYS_QUEUE,
    0,
    ["NFQNL_MSG_PACKET", "NFQNL_MSG_VERDICT", "NFQNL_MSG_CONFIG", "NFQNL_MSG_VERDICT_BATCH"],
  ],
  [c.NFNL_SUBSYS_ULOG, 0, ["NFULNL_MSG_PACKET", "NFULNL_MSG_CONFIG"]],
  [c.NFNL_SUBSYS_OSF, 0, ["OSF_MSG_ADD", "OSF_MSG_REMOVE"]],
  [
    c.NFNL_SUBSYS_IPSET,
    1,
    [
      "IPSET_CMD_PROTOCOL",
      "IPSET_CMD_CREATE",
      "IPSET_CMD_DESTROY",
      "IPSET_CMD_FLUSH",
      "IPSET_CMD_RENAME",
      "IPSET_CMD_SWAP",
      "IPSET_CMD_LIST",
      "IPSET_CMD_SAVE",
      "IPSET_CMD_ADD",
      "IPSET_CMD_DEL",
      "IPSET_CMD_TEST",
      "IPSET_CMD_HEADER",
      "IPSET_CMD_TYPE",
      "IPSET_CMD_GET_BYNAME",
      "IPSET_CMD_GET_BYINDEX",
    ],
  ],
  [
    c.NFNL_SUBSYS_ACCT,
    0,
    [
      "NFNL_MSG_ACCT_NEW",
      "NFNL_MSG_ACCT_GET",
      "NFNL_MSG_ACCT_GET_CTRZERO",
      "NFNL_MSG_ACCT_DEL",
      "NFNL_MSG_ACCT_OVERQUOTA",
    ],
  ],
  [
    c.NFNL_SUBSYS_CTNETLINK_TIMEOUT,
    0,
    [
      "IPCTNL_MSG_TIMEOUT_NEW",
      "IPCTNL_MSG_TIMEOUT_GET",
      "IPCTNL_MSG_TIMEOUT_DELETE",
      "IPCTNL_MSG_TIMEOUT_DEFAULT_SET",
      "IPCTNL_MSG_TIMEOUT_DEFAULT_GET",
    ],
  ],
  [c.NFNL_SUBSYS_CTHELPER, 0, ["NFNL_MSG_CTHELPER_NEW", "NFNL_MSG_CTHELPER_GET", "NFNL_MSG_CTHELPER_DEL"]],
];

export const opaqueTypes: readonly MessageType<NfMessage<Kept>>[] = tables.flatMap(
  ([subsystem, first, constants]) =>
    constants.map((constant, index) => nfType(constant, subsystem, first + index, opaqueMessage)),
);
