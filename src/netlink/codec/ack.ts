/** Acknowledgements and errors: NLMSG_ERROR, NLMSG_DONE and their extended attributes (linux/netlink.h). */
import { NLM_F_ACK_TLVS, NLM_F_CAPPED, NLMSG_DONE, NLMSG_HDRLEN } from "../constants.ts";
import { type AttributeSet, attr, attributes } from "./attributes.ts";
import { align4 } from "./byte-order.ts";
import { bytes } from "./bytes.ts";
import { enumeration } from "./enumeration.ts";
import type { Input } from "./input.ts";
import { s64, u32, u64 } from "./integer.ts";
import type { NlMessage } from "./nlmsg.ts";
import type { Infer } from "./shape.ts";
import { string } from "./string.ts";

const policyAttributeType = enumeration(u32, "NL_ATTR_TYPE_", {
  invalid: 0,
  flag: 1,
  u8: 2,
  u16: 3,
  u32: 4,
  u64: 5,
  s8: 6,
  s16: 7,
  s32: 8,
  s64: 9,
  binary: 10,
  string: 11,
  "nul-string": 12,
  nested: 13,
  "nested-array": 14,
  bitfield32: 15,
  sint: 16,
  uint: 17,
});

const policySet = attributes("policy-attrs", () => ({
  type: attr("NL_POLICY_TYPE_ATTR_TYPE", 1, policyAttributeType),
  minValueS: attr("NL_POLICY_TYPE_ATTR_MIN_VALUE_S", 2, s64),
  maxValueS: attr("NL_POLICY_TYPE_ATTR_MAX_VALUE_S", 3, s64),
  minValueU: attr("NL_POLICY_TYPE_ATTR_MIN_VALUE_U", 4, u64),
  maxValueU: attr("NL_POLICY_TYPE_ATTR_MAX_VALUE_U", 5, u64),
  minLength: attr("NL_POLICY_TYPE_ATTR_MIN_LENGTH", 6, u32),
  maxLength: attr("NL_POLICY_TYPE_ATTR_MAX_LENGTH", 7, u32),
  policyIdx: attr("NL_POLICY_TYPE_ATTR_POLICY_IDX", 8, u32),
  policyMaxtype: attr("NL_POLICY_TYPE_ATTR_POLICY_MAXTYPE", 9, u32),
  bitfield32Mask: attr("NL_POLICY_TYPE_ATTR_BITFIELD32_MASK", 10, u32),
  pad: attr("NL_POLICY_TYPE_ATTR_PAD", 11, bytes),
  mask: attr("NL_POLICY_TYPE_ATTR_MASK", 12, u64),
}));

/** What the kernel accepts for an attribute. */
export interface Policy extends Infer<typeof policySet> {}
export const policyAttrs: AttributeSet<Policy> = policySet;

const ackSet = attributes("nlmsgerr-attrs", () => ({
  /** Message for people. */
  msg: attr("NLMSGERR_ATTR_MSG", 1, string),
  /** Offset of the offending attribute from the start of the request's header. */
  offs: attr("NLMSGERR_ATTR_OFFS", 2, u32),
  cookie: attr("NLMSGERR_ATTR_COOKIE", 3, bytes),
  policy: attr("NLMSGERR_ATTR_POLICY", 4, policyAttrs),
  /** Type of the attribute that is missing. */
  missType: attr("NLMSGERR_ATTR_MISS_TYPE", 5, u32),
  /** Offset of the nest it is missing in; the message itself when absent. */
  missNest: attr("NLMSGERR_ATTR_MISS_NEST", 6, u32),
}));

export interface ExtendedAck extends Infer<typeof ackSet> {}
export const extendedAckAttrs: AttributeSet<ExtendedAck> = ackSet;

/** A decoded NLMSG_ERROR or NLMSG_DONE. */
export interface Ack {
  /** 0, or a negative error number. */
  readonly error: number;
  readonly extended: ExtendedAck | undefined;
  /** Type of the request that is answered (NLMSG_ERROR only). */
  readonly requestType: number | undefined;
  /** Where the extended attributes start, in the datagram. */
  readonly attributesAt: number | undefined;
}

/** Decodes the payload of NLMSG_ERROR or NLMSG_DONE; a DONE may be empty. */
export function decodeAck(input: Input, nlmsg: NlMessage): Ack {
  const { at, payloadLength } = nlmsg;
  const end = at + payloadLength;
  const error = payloadLength >= 4 ? input.view.getInt32(at, input.little) : 0;
  let requestType: number | undefined;
  let attributesAt = at + 4;
  if (nlmsg.type !== NLMSG_DONE) {
    if (payloadLength < 4 + NLMSG_HDRLEN)
      return { error, extended: undefined, requestType, attributesAt: undefined };
    requestType = input.view.getUint16(at + 8, input.little);
    const copied = nlmsg.flags & NLM_F_CAPPED ? NLMSG_HDRLEN : input.view.getUint32(at + 4, input.little);
    attributesAt = at + 4 + align4(Math.max(copied, NLMSG_HDRLEN));
  }
  if (!(nlmsg.flags & NLM_F_ACK_TLVS) || attributesAt >= end) {
    return { error, extended: undefined, requestType, attributesAt: undefined };
  }
  const extended = extendedAckAttrs.decode(input, attributesAt, end - attributesAt, undefined);
  return { error, extended, requestType, attributesAt };
}
