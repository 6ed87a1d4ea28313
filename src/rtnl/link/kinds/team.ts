import { type AttributeSet, attributes, type Kept } from "../../../netlink/codec/attributes.ts";

/** A team has no options of rtnetlink's: teamd(8) sets it up through the generic netlink family `team`. */
export const team: AttributeSet<Kept> = attributes("linkinfo-team-attrs", () => ({}));
