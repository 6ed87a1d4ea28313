import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { be64, u8 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { tunnelOptions } from "../../tunnel-options.ts";

const gtp = attributes("flower-key-enc-opt-gtp-attrs", () => ({
  pduType: attr("TCA_FLOWER_KEY_ENC_OPT_GTP_PDU_TYPE", 1, u8),
  qfi: attr("TCA_FLOWER_KEY_ENC_OPT_GTP_QFI", 2, u8),
}));
const pfcp = attributes("flower-key-enc-opt-pfcp-attrs", () => ({
  type: attr("TCA_FLOWER_KEY_ENC_OPT_PFCP_TYPE", 1, u8),
  seid: attr("TCA_FLOWER_KEY_ENC_OPT_PFCP_SEID", 2, be64),
}));

const set = attributes("flower-key-enc-opts-attrs", () => ({
  ...tunnelOptions("flower-key-enc", "TCA_FLOWER_KEY_ENC"),
  gtp: attr("TCA_FLOWER_KEY_ENC_OPTS_GTP", 4, gtp),
  pfcp: attr("TCA_FLOWER_KEY_ENC_OPTS_PFCP", 5, pfcp),
}));

/** Options of a tunnel, as keys of the flower filter. */
export interface FlowerKeyEncOptsAttrs extends Infer<typeof set> {}
export const flowerKeyEncOptsAttrs: AttributeSet<FlowerKeyEncOptsAttrs> = set;
