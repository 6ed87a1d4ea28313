/** INET_DIAG_ULP_INFO: what is on top of TCP (linux/inet_diag.h, linux/tls.h, linux/mptcp.h). */
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytes, flag } from "../../netlink/codec/bytes.ts";
import { enumeration, flags } from "../../netlink/codec/enumeration.ts";
import { u8, u16, u32, u64 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { string } from "../../netlink/codec/string.ts";

const conf = enumeration(u16, "TLS_CONF_", { base: 1, sw: 2, hw: 3, "hw-record": 4 });

const tlsSet = attributes("tls-info-attrs", () => ({
  /** 0x0303 is TLS 1.2, 0x0304 TLS 1.3. */
  version: attr("TLS_INFO_VERSION", 1, u16),
  /** TLS_CIPHER_*. */
  cipher: attr("TLS_INFO_CIPHER", 2, u16),
  txconf: attr("TLS_INFO_TXCONF", 3, conf),
  rxconf: attr("TLS_INFO_RXCONF", 4, conf),
  zcRoTx: attr("TLS_INFO_ZC_RO_TX", 5, flag),
  rxNoPad: attr("TLS_INFO_RX_NO_PAD", 6, flag),
}));
export interface TlsInfo extends Infer<typeof tlsSet> {}
const tls: AttributeSet<TlsInfo> = tlsSet;

const mptcpSet = attributes("mptcp-subflow-attrs", () => ({
  tokenRem: attr("MPTCP_SUBFLOW_ATTR_TOKEN_REM", 1, u32),
  tokenLoc: attr("MPTCP_SUBFLOW_ATTR_TOKEN_LOC", 2, u32),
  relwriteSeq: attr("MPTCP_SUBFLOW_ATTR_RELWRITE_SEQ", 3, u32),
  mapSeq: attr("MPTCP_SUBFLOW_ATTR_MAP_SEQ", 4, u64),
  mapSfseq: attr("MPTCP_SUBFLOW_ATTR_MAP_SFSEQ", 5, u32),
  ssnOffset: attr("MPTCP_SUBFLOW_ATTR_SSN_OFFSET", 6, u32),
  mapDatalen: attr("MPTCP_SUBFLOW_ATTR_MAP_DATALEN", 7, u16),
  flags: attr(
    "MPTCP_SUBFLOW_ATTR_FLAGS",
    8,
    flags(u32, "MPTCP_SUBFLOW_FLAG_", {
      "mcap-rem": 1,
      "mcap-loc": 2,
      "join-rem": 4,
      "join-loc": 8,
      "bkup-rem": 16,
      "bkup-loc": 32,
      "fully-established": 64,
      connected: 128,
      mapvalid: 256,
    }),
  ),
  idRem: attr("MPTCP_SUBFLOW_ATTR_ID_REM", 9, u8),
  idLoc: attr("MPTCP_SUBFLOW_ATTR_ID_LOC", 10, u8),
  pad: attr("MPTCP_SUBFLOW_ATTR_PAD", 11, bytes),
}));
export interface MptcpSubflow extends Infer<typeof mptcpSet> {}
const mptcp: AttributeSet<MptcpSubflow> = mptcpSet;

const set = attributes("ulp-info-attrs", () => ({
  /** `tls`, `mptcp` …. */
  name: attr("INET_ULP_INFO_NAME", 1, string),
  tls: attr("INET_ULP_INFO_TLS", 2, tls),
  mptcp: attr("INET_ULP_INFO_MPTCP", 3, mptcp),
}));
export interface UlpInfo extends Infer<typeof set> {}
export const ulpInfo: AttributeSet<UlpInfo> = set;
