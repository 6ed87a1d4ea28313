import { messageType, type Protocol, protocol } from "../netlink/codec/protocol.ts";
import { NETLINK_XFRM } from "../netlink/constants.ts";
import * as c from "./constants.ts";
import * as m from "./message.ts";

/** NETLINK_XFRM: IPsec's states and policies (ip-xfrm(8), linux/xfrm.h). */
export const xfrm: Protocol = protocol("NETLINK_XFRM", NETLINK_XFRM, [
  messageType("XFRM_MSG_NEWSA", c.XFRM_MSG_NEWSA, m.usersaInfoMessage),
  messageType("XFRM_MSG_DELSA", c.XFRM_MSG_DELSA, m.usersaIdMessage),
  messageType("XFRM_MSG_GETSA", c.XFRM_MSG_GETSA, m.usersaIdMessage),
  messageType("XFRM_MSG_NEWPOLICY", c.XFRM_MSG_NEWPOLICY, m.userpolicyInfoMessage),
  messageType("XFRM_MSG_DELPOLICY", c.XFRM_MSG_DELPOLICY, m.userpolicyIdMessage),
  messageType("XFRM_MSG_GETPOLICY", c.XFRM_MSG_GETPOLICY, m.userpolicyIdMessage),
  messageType("XFRM_MSG_ALLOCSPI", c.XFRM_MSG_ALLOCSPI, m.userspiInfoMessage),
  messageType("XFRM_MSG_ACQUIRE", c.XFRM_MSG_ACQUIRE, m.userAcquireMessage),
  messageType("XFRM_MSG_EXPIRE", c.XFRM_MSG_EXPIRE, m.userExpireMessage),
  messageType("XFRM_MSG_UPDPOLICY", c.XFRM_MSG_UPDPOLICY, m.userpolicyInfoMessage),
  messageType("XFRM_MSG_UPDSA", c.XFRM_MSG_UPDSA, m.usersaInfoMessage),
  messageType("XFRM_MSG_POLEXPIRE", c.XFRM_MSG_POLEXPIRE, m.userPolexpireMessage),
  messageType("XFRM_MSG_FLUSHSA", c.XFRM_MSG_FLUSHSA, m.usersaFlushMessage),
  messageType("XFRM_MSG_FLUSHPOLICY", c.XFRM_MSG_FLUSHPOLICY, m.policyFlushMessage),
  messageType("XFRM_MSG_NEWAE", c.XFRM_MSG_NEWAE, m.aeventIdMessage),
  messageType("XFRM_MSG_GETAE", c.XFRM_MSG_GETAE, m.aeventIdMessage),
  messageType("XFRM_MSG_REPORT", c.XFRM_MSG_REPORT, m.userReportMessage),
  messageType("XFRM_MSG_MIGRATE", c.XFRM_MSG_MIGRATE, m.userpolicyIdMessage),
  messageType("XFRM_MSG_NEWSADINFO", c.XFRM_MSG_NEWSADINFO, m.sadInfoMessage),
  messageType("XFRM_MSG_GETSADINFO", c.XFRM_MSG_GETSADINFO, m.sadInfoMessage),
  messageType("XFRM_MSG_NEWSPDINFO", c.XFRM_MSG_NEWSPDINFO, m.spdInfoMessage),
  messageType("XFRM_MSG_GETSPDINFO", c.XFRM_MSG_GETSPDINFO, m.spdInfoMessage),
  messageType("XFRM_MSG_MAPPING", c.XFRM_MSG_MAPPING, m.userMappingMessage),
  messageType("XFRM_MSG_SETDEFAULT", c.XFRM_MSG_SETDEFAULT, m.userpolicyDefaultMessage),
  messageType("XFRM_MSG_GETDEFAULT", c.XFRM_MSG_GETDEFAULT, m.userpolicyDefaultMessage),
]);
