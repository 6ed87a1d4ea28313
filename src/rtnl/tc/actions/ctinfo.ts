import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { u16, u32, u64 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { tcfT, tcGact } from "./generic.ts";

const set = attributes("act-ctinfo-attrs", () => ({
  pad: attr("TCA_CTINFO_PAD", 1, bytes),
  /** Ages. */
  tm: attr("TCA_CTINFO_TM", 2, tcfT),
  act: attr("TCA_CTINFO_ACT", 3, tcGact),
  zone: attr("TCA_CTINFO_ZONE", 4, u16),
  /** Bits of the connection mark that hold the DSCP. */
  parmsDscpMask: attr("TCA_CTINFO_PARMS_DSCP_MASK", 5, u32),
  /** Bits of it that must be set. */
  parmsDscpStatemask: attr("TCA_CTINFO_PARMS_DSCP_STATEMASK", 6, u32),
  /** Bits of it that become the mark of the packet. */
  parmsCpmarkMask: attr("TCA_CTINFO_PARMS_CPMARK_MASK", 7, u32),
  statsDscpSet: attr("TCA_CTINFO_STATS_DSCP_SET", 8, u64),
  statsDscpError: attr("TCA_CTINFO_STATS_DSCP_ERROR", 9, u64),
  statsCpmarkSet: attr("TCA_CTINFO_STATS_CPMARK_SET", 10, u64),
}));

/** Takes DSCP and mark of the connection (tc-ctinfo(8)). */
export interface CtinfoAttrs extends Infer<typeof set> {}
export const ctinfo: AttributeSet<CtinfoAttrs> = set;
