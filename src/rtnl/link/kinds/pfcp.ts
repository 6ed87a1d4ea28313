import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A PFCP tunnel (3GPP TS 29.244) has no options: filters of tc(8) and routes tell it what to do. */
export const pfcp: AttributeSet<Kept> = attributes("linkinfo-pfcp-attrs", () => ({}));
