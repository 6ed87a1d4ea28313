import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { be16, be32, be64, u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const geneve = attributes("flower-key-enc-opt-geneve-attrs", {
  class: attr("TCA_FLOWER_KEY_ENC_OPT_GENEVE_CLASS", 1, be16),
  type: attr("TCA_FLOWER_KEY_ENC_OPT_GENEVE_TYPE", 2, u8),
  data: attr("TCA_FLOWER_KEY_ENC_OPT_GENEVE_DATA", 3, bytes),
});
const vxlan = attributes("flower-key-enc-opt-vxlan-attrs", {
  gbp: attr("TCA_FLOWER_KEY_ENC_OPT_VXLAN_GBP", 1, u32),
});
const erspan = attributes("flower-key-enc-opt-erspan-attrs", {
  ver: attr("TCA_FLOWER_KEY_ENC_OPT_ERSPAN_VER", 1, u8),
  index: attr("TCA_FLOWER_KEY_ENC_OPT_ERSPAN_INDEX", 2, be32),
  dir: attr("TCA_FLOWER_KEY_ENC_OPT_ERSPAN_DIR", 3, u8),
  hwid: attr("TCA_FLOWER_KEY_ENC_OPT_ERSPAN_HWID", 4, u8),
});
const gtp = attributes("flower-key-enc-opt-gtp-attrs", {
  pduType: attr("TCA_FLOWER_KEY_ENC_OPT_GTP_PDU_TYPE", 1, u8),
  qfi: attr("TCA_FLOWER_KEY_ENC_OPT_GTP_QFI", 2, u8),
});
const pfcp = attributes("flower-key-enc-opt-pfcp-attrs", {
  type: attr("TCA_FLOWER_KEY_ENC_OPT_PFCP_TYPE", 1, u8),
  seid: attr("TCA_FLOWER_KEY_ENC_OPT_PFCP_SEID", 2, be64),
});

const set = attributes("flower-key-enc-opts-attrs", {
  geneve: attr("TCA_FLOWER_KEY_ENC_OPTS_GENEVE", 1, geneve),
  vxlan: attr("TCA_FLOWER_KEY_ENC_OPTS_VXLAN", 2, vxlan),
  erspan: attr("TCA_FLOWER_KEY_ENC_OPTS_ERSPAN", 3, erspan),
  gtp: attr("TCA_FLOWER_KEY_ENC_OPTS_GTP", 4, gtp),
  pfcp: attr("TCA_FLOWER_KEY_ENC_OPTS_PFCP", 5, pfcp),
});

/** Options of a tunnel, as keys of the flower filter. */
export interface FlowerKeyEncOptsAttrs extends Infer<typeof set> {}
export const flowerKeyEncOptsAttrs: AttributeSet<FlowerKeyEncOptsAttrs> = set;
