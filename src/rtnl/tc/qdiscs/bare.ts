import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** Kinds without options: ingress, clsact, mq, noqueue. */
export const bare: AttributeSet<Kept> = attributes("no-options", () => ({}));
