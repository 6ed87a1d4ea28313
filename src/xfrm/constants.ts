/** Message types of NETLINK_XFRM (linux/xfrm.h). */
export const XFRM_MSG_NEWSA = 16;
export const XFRM_MSG_DELSA = 17;
export const XFRM_MSG_GETSA = 18;
export const XFRM_MSG_NEWPOLICY = 19;
export const XFRM_MSG_DELPOLICY = 20;
export const XFRM_MSG_GETPOLICY = 21;
export const XFRM_MSG_ALLOCSPI = 22;
export const XFRM_MSG_ACQUIRE = 23;
export const XFRM_MSG_EXPIRE = 24;
export const XFRM_MSG_UPDPOLICY = 25;
export const XFRM_MSG_UPDSA = 26;
export const XFRM_MSG_POLEXPIRE = 27;
export const XFRM_MSG_FLUSHSA = 28;
export const XFRM_MSG_FLUSHPOLICY = 29;
export const XFRM_MSG_NEWAE = 30;
export const XFRM_MSG_GETAE = 31;
export const XFRM_MSG_REPORT = 32;
export const XFRM_MSG_MIGRATE = 33;
export const XFRM_MSG_NEWSADINFO = 34;
export const XFRM_MSG_GETSADINFO = 35;
export const XFRM_MSG_NEWSPDINFO = 36;
export const XFRM_MSG_GETSPDINFO = 37;
export const XFRM_MSG_MAPPING = 38;
export const XFRM_MSG_SETDEFAULT = 39;
export const XFRM_MSG_GETDEFAULT = 40;

/** Multicast groups, for `client.subscribe`. */
export const XFRMNLGRP_ACQUIRE = 1;
export const XFRMNLGRP_EXPIRE = 2;
export const XFRMNLGRP_SA = 3;
export const XFRMNLGRP_POLICY = 4;
export const XFRMNLGRP_AEVENTS = 5;
export const XFRMNLGRP_REPORT = 6;
export const XFRMNLGRP_MIGRATE = 7;
export const XFRMNLGRP_MAPPING = 8;
