import { messageType } from "../netlink/codec/protocol.ts";
import * as c from "./constants.ts";
import * as m from "./message.ts";

export const XFRM_MSG_NEWSA_TYPE = messageType("XFRM_MSG_NEWSA", c.XFRM_MSG_NEWSA, m.usersaInfoMessage);
export const XFRM_MSG_DELSA_TYPE = messageType("XFRM_MSG_DELSA", c.XFRM_MSG_DELSA, m.usersaIdMessage);
export const XFRM_MSG_GETSA_TYPE = messageType("XFRM_MSG_GETSA", c.XFRM_MSG_GETSA, m.usersaIdMessage);
export const XFRM_MSG_NEWPOLICY_TYPE = messageType(
  "XFRM_MSG_NEWPOLICY",
  c.XFRM_MSG_NEWPOLICY,
  m.userpolicyInfoMessage,
);
export const XFRM_MSG_DELPOLICY_TYPE = messageType(
  "XFRM_MSG_DELPOLICY",
  c.XFRM_MSG_DELPOLICY,
  m.userpolicyIdMessage,
);
export const XFRM_MSG_GETPOLICY_TYPE = messageType(
  "XFRM_MSG_GETPOLICY",
  c.XFRM_MSG_GETPOLICY,
  m.userpolicyIdMessage,
);
export const XFRM_MSG_ALLOCSPI_TYPE = messageType(
  "XFRM_MSG_ALLOCSPI",
  c.XFRM_MSG_ALLOCSPI,
  m.userspiInfoMessage,
);
export const XFRM_MSG_ACQUIRE_TYPE = messageType(
  "XFRM_MSG_ACQUIRE",
  c.XFRM_MSG_ACQUIRE,
  m.userAcquireMessage,
);
export const XFRM_MSG_EXPIRE_TYPE = messageType("XFRM_MSG_EXPIRE", c.XFRM_MSG_EXPIRE, m.userExpireMessage);
export const XFRM_MSG_UPDPOLICY_TYPE = messageType(
  "XFRM_MSG_UPDPOLICY",
  c.XFRM_MSG_UPDPOLICY,
  m.userpolicyInfoMessage,
);
export const XFRM_MSG_UPDSA_TYPE = messageType("XFRM_MSG_UPDSA", c.XFRM_MSG_UPDSA, m.usersaInfoMessage);
export const XFRM_MSG_POLEXPIRE_TYPE = messageType(
  "XFRM_MSG_POLEXPIRE",
  c.XFRM_MSG_POLEXPIRE,
  m.userPolexpireMessage,
);
export const XFRM_MSG_FLUSHSA_TYPE = messageType(
  "XFRM_MSG_FLUSHSA",
  c.XFRM_MSG_FLUSHSA,
  m.usersaFlushMessage,
);
export const XFRM_MSG_FLUSHPOLICY_TYPE = messageType(
  "XFRM_MSG_FLUSHPOLICY",
  c.XFRM_MSG_FLUSHPOLICY,
  m.policyFlushMessage,
);
export const XFRM_MSG_NEWAE_TYPE = messageType("XFRM_MSG_NEWAE", c.XFRM_MSG_NEWAE, m.aeventIdMessage);
export const XFRM_MSG_GETAE_TYPE = messageType("XFRM_MSG_GETAE", c.XFRM_MSG_GETAE, m.aeventIdMessage);
export const XFRM_MSG_REPORT_TYPE = messageType("XFRM_MSG_REPORT", c.XFRM_MSG_REPORT, m.userReportMessage);
export const XFRM_MSG_MIGRATE_TYPE = messageType(
  "XFRM_MSG_MIGRATE",
  c.XFRM_MSG_MIGRATE,
  m.userpolicyIdMessage,
);
export const XFRM_MSG_NEWSADINFO_TYPE = messageType(
  "XFRM_MSG_NEWSADINFO",
  c.XFRM_MSG_NEWSADINFO,
  m.sadInfoMessage,
);
export const XFRM_MSG_GETSADINFO_TYPE = messageType(
  "XFRM_MSG_GETSADINFO",
  c.XFRM_MSG_GETSADINFO,
  m.sadInfoMessage,
);
export const XFRM_MSG_NEWSPDINFO_TYPE = messageType(
  "XFRM_MSG_NEWSPDINFO",
  c.XFRM_MSG_NEWSPDINFO,
  m.spdInfoMessage,
);
export const XFRM_MSG_GETSPDINFO_TYPE = messageType(
  "XFRM_MSG_GETSPDINFO",
  c.XFRM_MSG_GETSPDINFO,
  m.spdInfoMessage,
);
export const XFRM_MSG_MAPPING_TYPE = messageType(
  "XFRM_MSG_MAPPING",
  c.XFRM_MSG_MAPPING,
  m.userMappingMessage,
);
export const XFRM_MSG_SETDEFAULT_TYPE = messageType(
  "XFRM_MSG_SETDEFAULT",
  c.XFRM_MSG_SETDEFAULT,
  m.userpolicyDefaultMessage,
);
export const XFRM_MSG_GETDEFAULT_TYPE = messageType(
  "XFRM_MSG_GETDEFAULT",
  c.XFRM_MSG_GETDEFAULT,
  m.userpolicyDefaultMessage,
);

/** The message types of IPsec. */
export const xfrmTypes = [
  XFRM_MSG_NEWSA_TYPE,
  XFRM_MSG_DELSA_TYPE,
  XFRM_MSG_GETSA_TYPE,
  XFRM_MSG_NEWPOLICY_TYPE,
  XFRM_MSG_DELPOLICY_TYPE,
  XFRM_MSG_GETPOLICY_TYPE,
  XFRM_MSG_ALLOCSPI_TYPE,
  XFRM_MSG_ACQUIRE_TYPE,
  XFRM_MSG_EXPIRE_TYPE,
  XFRM_MSG_UPDPOLICY_TYPE,
  XFRM_MSG_UPDSA_TYPE,
  XFRM_MSG_POLEXPIRE_TYPE,
  XFRM_MSG_FLUSHSA_TYPE,
  XFRM_MSG_FLUSHPOLICY_TYPE,
  XFRM_MSG_NEWAE_TYPE,
  XFRM_MSG_GETAE_TYPE,
  XFRM_MSG_REPORT_TYPE,
  XFRM_MSG_MIGRATE_TYPE,
  XFRM_MSG_NEWSADINFO_TYPE,
  XFRM_MSG_GETSADINFO_TYPE,
  XFRM_MSG_NEWSPDINFO_TYPE,
  XFRM_MSG_GETSPDINFO_TYPE,
  XFRM_MSG_MAPPING_TYPE,
  XFRM_MSG_SETDEFAULT_TYPE,
  XFRM_MSG_GETDEFAULT_TYPE,
];
