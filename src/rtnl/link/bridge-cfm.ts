import { mac } from "../../netlink/codec/address.ts";
import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { bytesOf } from "../../netlink/codec/bytes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { u8, u32 } from "../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";

const CFM_MAID_LENGTH = 48;

const interval = enumeration(u32, "BR_CFM_CCM_INTERVAL_", {
  none: 0,
  "3-3-ms": 1,
  "10-ms": 2,
  "100-ms": 3,
  "1-sec": 4,
  "10-sec": 5,
  "1-min": 6,
  "10-min": 7,
});

const mepCreate = attributes("bridge-cfm-mep-create-attrs", () => ({
  instance: attr("IFLA_BRIDGE_CFM_MEP_CREATE_INSTANCE", 1, u32),
  domain: attr("IFLA_BRIDGE_CFM_MEP_CREATE_DOMAIN", 2, enumeration(u32, "BR_CFM_", { port: 0, vlan: 1 })),
  direction: attr(
    "IFLA_BRIDGE_CFM_MEP_CREATE_DIRECTION",
    3,
    enumeration(u32, "BR_CFM_MEP_DIRECTION_", { down: 0, up: 1 }),
  ),
  /** Index of the port. */
  ifindex: attr("IFLA_BRIDGE_CFM_MEP_CREATE_IFINDEX", 4, u32),
}));

const mepConfig = attributes("bridge-cfm-mep-config-attrs", () => ({
  instance: attr("IFLA_BRIDGE_CFM_MEP_CONFIG_INSTANCE", 1, u32),
  unicastMac: attr("IFLA_BRIDGE_CFM_MEP_CONFIG_UNICAST_MAC", 2, mac),
  /** 0 to 7. */
  mdlevel: attr("IFLA_BRIDGE_CFM_MEP_CONFIG_MDLEVEL", 3, u32),
  mepid: attr("IFLA_BRIDGE_CFM_MEP_CONFIG_MEPID", 4, u32),
}));

const ccConfig = attributes("bridge-cfm-cc-config-attrs", () => ({
  instance: attr("IFLA_BRIDGE_CFM_CC_CONFIG_INSTANCE", 1, u32),
  enable: attr("IFLA_BRIDGE_CFM_CC_CONFIG_ENABLE", 2, u32),
  expInterval: attr("IFLA_BRIDGE_CFM_CC_CONFIG_EXP_INTERVAL", 3, interval),
  /** Maintenance association identifier, 48 bytes. */
  expMaid: attr("IFLA_BRIDGE_CFM_CC_CONFIG_EXP_MAID", 4, bytesOf(CFM_MAID_LENGTH)),
}));

const peerMep = attributes("bridge-cfm-cc-peer-mep-attrs", () => ({
  instance: attr("IFLA_BRIDGE_CFM_CC_PEER_MEP_INSTANCE", 1, u32),
  mepid: attr("IFLA_BRIDGE_CFM_CC_PEER_MEPID", 2, u32),
}));

const rdi = attributes("bridge-cfm-cc-rdi-attrs", () => ({
  instance: attr("IFLA_BRIDGE_CFM_CC_RDI_INSTANCE", 1, u32),
  rdi: attr("IFLA_BRIDGE_CFM_CC_RDI_RDI", 2, u32),
}));

const ccmTx = attributes("bridge-cfm-cc-ccm-tx-attrs", () => ({
  instance: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_INSTANCE", 1, u32),
  dmac: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_DMAC", 2, mac),
  seqNoUpdate: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_SEQ_NO_UPDATE", 3, u32),
  /** How long frames are sent. */
  period: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_PERIOD", 4, withUnit(u32, "s")),
  ifTlv: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_IF_TLV", 5, u32),
  ifTlvValue: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_IF_TLV_VALUE", 6, u8),
  portTlv: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_PORT_TLV", 7, u32),
  portTlvValue: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_PORT_TLV_VALUE", 8, u8),
}));

const mepStatus = attributes("bridge-cfm-mep-status-attrs", () => ({
  instance: attr("IFLA_BRIDGE_CFM_MEP_STATUS_INSTANCE", 1, u32),
  opcodeUnexpSeen: attr("IFLA_BRIDGE_CFM_MEP_STATUS_OPCODE_UNEXP_SEEN", 2, u32),
  versionUnexpSeen: attr("IFLA_BRIDGE_CFM_MEP_STATUS_VERSION_UNEXP_SEEN", 3, u32),
  rxLevelLowSeen: attr("IFLA_BRIDGE_CFM_MEP_STATUS_RX_LEVEL_LOW_SEEN", 4, u32),
}));

const peerStatus = attributes("bridge-cfm-cc-peer-status-attrs", () => ({
  instance: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_INSTANCE", 1, u32),
  peerMepid: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_PEER_MEPID", 2, u32),
  ccmDefect: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_CCM_DEFECT", 3, u32),
  rdi: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_RDI", 4, u32),
  portTlvValue: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_PORT_TLV_VALUE", 5, u8),
  ifTlvValue: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_IF_TLV_VALUE", 6, u8),
  seen: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_SEEN", 7, u32),
  tlvSeen: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_TLV_SEEN", 8, u32),
  seqUnexpSeen: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_SEQ_UNEXP_SEEN", 9, u32),
}));

/** What ends in `Info` is reported, once for each instance; the rest is sent. */
const set = attributes("bridge-cfm-attrs", () => ({
  mepCreate: attr("IFLA_BRIDGE_CFM_MEP_CREATE", 1, mepCreate),
  mepDelete: attr(
    "IFLA_BRIDGE_CFM_MEP_DELETE",
    2,
    attributes("bridge-cfm-mep-delete-attrs", () => ({
      instance: attr("IFLA_BRIDGE_CFM_MEP_DELETE_INSTANCE", 1, u32),
    })),
  ),
  mepConfig: attr("IFLA_BRIDGE_CFM_MEP_CONFIG", 3, mepConfig),
  ccConfig: attr("IFLA_BRIDGE_CFM_CC_CONFIG", 4, ccConfig),
  ccPeerMepAdd: attr("IFLA_BRIDGE_CFM_CC_PEER_MEP_ADD", 5, peerMep),
  ccPeerMepRemove: attr("IFLA_BRIDGE_CFM_CC_PEER_MEP_REMOVE", 6, peerMep),
  ccRdi: attr("IFLA_BRIDGE_CFM_CC_RDI", 7, rdi),
  ccCcmTx: attr("IFLA_BRIDGE_CFM_CC_CCM_TX", 8, ccmTx),
  mepCreateInfo: attr("IFLA_BRIDGE_CFM_MEP_CREATE_INFO", 9, multi(mepCreate)),
  mepConfigInfo: attr("IFLA_BRIDGE_CFM_MEP_CONFIG_INFO", 10, multi(mepConfig)),
  ccConfigInfo: attr("IFLA_BRIDGE_CFM_CC_CONFIG_INFO", 11, multi(ccConfig)),
  ccRdiInfo: attr("IFLA_BRIDGE_CFM_CC_RDI_INFO", 12, multi(rdi)),
  ccCcmTxInfo: attr("IFLA_BRIDGE_CFM_CC_CCM_TX_INFO", 13, multi(ccmTx)),
  ccPeerMepInfo: attr("IFLA_BRIDGE_CFM_CC_PEER_MEP_INFO", 14, multi(peerMep)),
  mepStatusInfo: attr("IFLA_BRIDGE_CFM_MEP_STATUS_INFO", 15, multi(mepStatus)),
  ccPeerStatusInfo: attr("IFLA_BRIDGE_CFM_CC_PEER_STATUS_INFO", 16, multi(peerStatus)),
}));

/** Connectivity fault management of a bridge (linux/if_bridge.h IFLA_BRIDGE_CFM_*, IEEE 802.1Q, cfm(8)). */
export interface BridgeCfmAttrs extends Infer<typeof set> {}
export const bridgeCfmAttrs: AttributeSet<BridgeCfmAttrs> = set;
