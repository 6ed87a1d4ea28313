import * as nfnetlink from "../../../src/nfnetlink/constants.ts";
import * as nft from "../../../src/nft/constants.ts";
import { netfilter } from "../../../src/nft/protocol.ts";
import { checkConstants } from "../../support/checks/constants.ts";
import { constantsIn, constantsOf } from "../../support/headers.ts";

/** Constants that the headers at hand do not have, and why. */
const NETFILTER = "linux/netfilter.h, which the list leaves out";
const TUPLE = "linux/netfilter/nf_conntrack_tuple_common.h, which the list leaves out";
const LOG = "linux/netfilter/nf_log.h, which the list leaves out";
const NAT = "linux/netfilter/nf_nat.h, which the list leaves out";
const SYNPROXY = "linux/netfilter/nf_synproxy.h, which the list leaves out";
const IN = "linux/in.h, which the list leaves out";
const COMPAT = "linux/netfilter/nf_tables_compat.h, which the list leaves out";
const HOOK = "linux/netfilter/nfnetlink_hook.h, which the list leaves out";
const OSF = "linux/netfilter/nfnetlink_osf.h, which the list leaves out";
const ACCT = "linux/netfilter/nfnetlink_acct.h, which the list leaves out";
const CTTIMEOUT = "linux/netfilter/nfnetlink_cttimeout.h, which the list leaves out";
const CTHELPER = "linux/netfilter/nfnetlink_cthelper.h, which the list leaves out";
const EXCEPTIONS: Readonly<Record<string, string>> = {
  NF_DROP: NETFILTER,
  NF_ACCEPT: NETFILTER,
  NF_STOLEN: NETFILTER,
  NF_QUEUE: NETFILTER,
  NF_REPEAT: NETFILTER,
  NFPROTO_UNSPEC: NETFILTER,
  NFPROTO_INET: NETFILTER,
  NFPROTO_IPV4: NETFILTER,
  NFPROTO_ARP: NETFILTER,
  NFPROTO_NETDEV: NETFILTER,
  NFPROTO_BRIDGE: NETFILTER,
  NFPROTO_IPV6: NETFILTER,
  IP_CT_DIR_ORIGINAL: TUPLE,
  IP_CT_DIR_REPLY: TUPLE,
  NF_LOG_TCPSEQ: LOG,
  NF_LOG_TCPOPT: LOG,
  NF_LOG_IPOPT: LOG,
  NF_LOG_UID: LOG,
  NF_LOG_NFLOG: LOG,
  NF_LOG_MACDECODE: LOG,
  NF_NAT_RANGE_MAP_IPS: NAT,
  NF_NAT_RANGE_PROTO_SPECIFIED: NAT,
  NF_NAT_RANGE_PROTO_RANDOM: NAT,
  NF_NAT_RANGE_PERSISTENT: NAT,
  NF_NAT_RANGE_PROTO_RANDOM_FULLY: NAT,
  NF_NAT_RANGE_PROTO_OFFSET: NAT,
  NF_NAT_RANGE_NETMAP: NAT,
  NF_SYNPROXY_OPT_MSS: SYNPROXY,
  NF_SYNPROXY_OPT_WSCALE: SYNPROXY,
  NF_SYNPROXY_OPT_SACK_PERM: SYNPROXY,
  NF_SYNPROXY_OPT_TIMESTAMP: SYNPROXY,
  NF_SYNPROXY_OPT_ECN: SYNPROXY,
  IPPROTO_ICMP: IN,
  IPPROTO_TCP: IN,
  IPPROTO_UDP: IN,
  IPPROTO_DCCP: IN,
  IPPROTO_GRE: IN,
  IPPROTO_ICMPV6: IN,
  IPPROTO_SCTP: IN,
  IPPROTO_UDPLITE: IN,
  NFNL_MSG_COMPAT_GET: COMPAT,
  NFTA_COMPAT_NAME: COMPAT,
  NFTA_COMPAT_REV: COMPAT,
  NFTA_COMPAT_TYPE: COMPAT,
  NFTA_TARGET_NAME: COMPAT,
  NFTA_TARGET_REV: COMPAT,
  NFTA_TARGET_INFO: COMPAT,
  NFTA_MATCH_NAME: COMPAT,
  NFTA_MATCH_REV: COMPAT,
  NFTA_MATCH_INFO: COMPAT,
  NFNL_MSG_HOOK_GET: HOOK,
  NFNLA_CHAIN_TABLE: HOOK,
  NFNLA_CHAIN_FAMILY: HOOK,
  NFNLA_CHAIN_NAME: HOOK,
  NFNLA_HOOK_INFO_DESC: HOOK,
  NFNLA_HOOK_INFO_TYPE: HOOK,
  NFNLA_HOOK_HOOKNUM: HOOK,
  NFNLA_HOOK_PRIORITY: HOOK,
  NFNLA_HOOK_DEV: HOOK,
  NFNLA_HOOK_FUNCTION_NAME: HOOK,
  NFNLA_HOOK_MODULE_NAME: HOOK,
  NFNLA_HOOK_CHAIN_INFO: HOOK,
  NFNL_HOOK_TYPE_NFTABLES: HOOK,
  OSF_MSG_ADD: OSF,
  OSF_MSG_REMOVE: OSF,
  NFNL_MSG_ACCT_NEW: ACCT,
  NFNL_MSG_ACCT_GET: ACCT,
  NFNL_MSG_ACCT_GET_CTRZERO: ACCT,
  NFNL_MSG_ACCT_DEL: ACCT,
  NFNL_MSG_ACCT_OVERQUOTA: ACCT,
  IPCTNL_MSG_TIMEOUT_NEW: CTTIMEOUT,
  IPCTNL_MSG_TIMEOUT_GET: CTTIMEOUT,
  IPCTNL_MSG_TIMEOUT_DELETE: CTTIMEOUT,
  IPCTNL_MSG_TIMEOUT_DEFAULT_SET: CTTIMEOUT,
  IPCTNL_MSG_TIMEOUT_DEFAULT_GET: CTTIMEOUT,
  CTA_TIMEOUT_TCP_SYN_SENT: CTTIMEOUT,
  CTA_TIMEOUT_TCP_SYN_RECV: CTTIMEOUT,
  CTA_TIMEOUT_TCP_ESTABLISHED: CTTIMEOUT,
  CTA_TIMEOUT_TCP_FIN_WAIT: CTTIMEOUT,
  CTA_TIMEOUT_TCP_CLOSE_WAIT: CTTIMEOUT,
  CTA_TIMEOUT_TCP_LAST_ACK: CTTIMEOUT,
  CTA_TIMEOUT_TCP_TIME_WAIT: CTTIMEOUT,
  CTA_TIMEOUT_TCP_CLOSE: CTTIMEOUT,
  CTA_TIMEOUT_TCP_SYN_SENT2: CTTIMEOUT,
  CTA_TIMEOUT_TCP_RETRANS: CTTIMEOUT,
  CTA_TIMEOUT_TCP_UNACK: CTTIMEOUT,
  CTA_TIMEOUT_UDP_UNREPLIED: CTTIMEOUT,
  CTA_TIMEOUT_UDP_REPLIED: CTTIMEOUT,
  NFNL_MSG_CTHELPER_NEW: CTHELPER,
  NFNL_MSG_CTHELPER_GET: CTHELPER,
  NFNL_MSG_CTHELPER_DEL: CTHELPER,
};

checkConstants([...constantsIn({ ...nfnetlink, ...nft }), ...constantsOf(netfilter)], EXCEPTIONS, 400);
