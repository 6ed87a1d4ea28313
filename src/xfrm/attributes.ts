import { type AttributeSet, attr, attributes } from "../netlink/codec/attributes.ts";
import { bytes, bytesOf, flag } from "../netlink/codec/bytes.ts";
import { enumeration, flags } from "../netlink/codec/enumeration.ts";
import { be16, u8, u16, u32, u64 } from "../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../netlink/codec/shape.ts";
import { fixedString } from "../netlink/codec/string.ts";
import { struct } from "../netlink/codec/struct.ts";
import { structThen } from "../netlink/codec/struct-then.ts";
import { lifetimeCur } from "./structs.ts";

const bits = withUnit(u32, "bits") as typeof u32;
const name = fixedString(64);

const algo = structThen(struct("xfrm_algo", { algName: name, algKeyLen: bits }), "algKey", bytes);
const algoAuth = structThen(
  struct("xfrm_algo_auth", { algName: name, algKeyLen: bits, algTruncLen: bits }),
  "algKey",
  bytes,
);
const algoAead = structThen(
  struct("xfrm_algo_aead", { algName: name, algKeyLen: bits, algIcvLen: bits }),
  "algKey",
  bytes,
);
const mark = struct("xfrm_mark", { v: u32, m: u32 });
const replayState = struct("xfrm_replay_state", { oseq: u32, seq: u32, bitmap: u32 });
const encap = struct("xfrm_encap_tmpl", {
  /** UDP_ENCAP_*. */
  encapType: u16,
  encapSport: be16,
  encapDport: be16,
  /** In the middle of a word: xfrm_address_t is aligned to four bytes. */
  pad: bytesOf(2),
  encapOa: bytesOf(16),
});

const set = attributes("xfrm-attrs", () => ({
  algAuth: attr("XFRMA_ALG_AUTH", 1, algo),
  algCrypt: attr("XFRMA_ALG_CRYPT", 2, algo),
  algComp: attr("XFRMA_ALG_COMP", 3, algo),
  encap: attr("XFRMA_ENCAP", 4, encap),
  /** struct xfrm_user_tmpl, one after the other. */
  tmpl: attr("XFRMA_TMPL", 5, bytes),
  /** struct xfrm_usersa_info. */
  sa: attr("XFRMA_SA", 6, bytes),
  /** struct xfrm_userpolicy_info. */
  xfrmaPolicy: attr("XFRMA_POLICY", 7, bytes),
  secCtx: attr("XFRMA_SEC_CTX", 8, bytes),
  ltimeVal: attr("XFRMA_LTIME_VAL", 9, lifetimeCur),
  replayVal: attr("XFRMA_REPLAY_VAL", 10, replayState),
  replayThresh: attr("XFRMA_REPLAY_THRESH", 11, u32),
  etimerThresh: attr("XFRMA_ETIMER_THRESH", 12, u32),
  srcaddr: attr("XFRMA_SRCADDR", 13, bytes),
  coaddr: attr("XFRMA_COADDR", 14, bytes),
  /** Seconds since 1970. */
  lastused: attr("XFRMA_LASTUSED", 15, u64),
  policyType: attr("XFRMA_POLICY_TYPE", 16, bytes),
  migrate: attr("XFRMA_MIGRATE", 17, bytes),
  algAead: attr("XFRMA_ALG_AEAD", 18, algoAead),
  kmaddress: attr("XFRMA_KMADDRESS", 19, bytes),
  algAuthTrunc: attr("XFRMA_ALG_AUTH_TRUNC", 20, algoAuth),
  mark: attr("XFRMA_MARK", 21, mark),
  tfcpad: attr("XFRMA_TFCPAD", 22, u32),
  replayEsnVal: attr("XFRMA_REPLAY_ESN_VAL", 23, bytes),
  saExtraFlags: attr(
    "XFRMA_SA_EXTRA_FLAGS",
    24,
    flags(u32, "XFRM_SA_XFLAG_", { "dont-encap-dscp": 1, "oseq-may-wrap": 2 }),
  ),
  /** Headers have a `proto` of their own. */
  xfrmaProto: attr("XFRMA_PROTO", 25, u8),
  addressFilter: attr("XFRMA_ADDRESS_FILTER", 26, bytes),
  pad: attr("XFRMA_PAD", 27, bytes),
  offloadDev: attr("XFRMA_OFFLOAD_DEV", 28, bytes),
  setMark: attr("XFRMA_SET_MARK", 29, u32),
  setMarkMask: attr("XFRMA_SET_MARK_MASK", 30, u32),
  ifId: attr("XFRMA_IF_ID", 31, u32),
  mtimerThresh: attr("XFRMA_MTIMER_THRESH", 32, u32),
  saDir: attr("XFRMA_SA_DIR", 33, enumeration(u8, "XFRM_SA_DIR_", { in: 1, out: 2 })),
  natKeepaliveInterval: attr("XFRMA_NAT_KEEPALIVE_INTERVAL", 34, u32),
  saPcpu: attr("XFRMA_SA_PCPU", 35, u32),
  iptfsDropTime: attr("XFRMA_IPTFS_DROP_TIME", 36, u32),
  iptfsReorderWindow: attr("XFRMA_IPTFS_REORDER_WINDOW", 37, u16),
  iptfsDontFrag: attr("XFRMA_IPTFS_DONT_FRAG", 38, flag),
  iptfsInitDelay: attr("XFRMA_IPTFS_INIT_DELAY", 39, u32),
  iptfsMaxQsize: attr("XFRMA_IPTFS_MAX_QSIZE", 40, u32),
  iptfsPktSize: attr("XFRMA_IPTFS_PKT_SIZE", 41, u32),
}));
export interface XfrmAttrs extends Infer<typeof set> {}
/** XFRMA_* (linux/xfrm.h); those with structs of several families stay bytes. */
export const xfrmAttrs: AttributeSet<XfrmAttrs> = set;
