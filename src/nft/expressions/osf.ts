import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { flags } from "../../netlink/codec/enumeration.ts";
import { be32, u8 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const set = attributes("expr-osf-attrs", () => ({
  dreg: attr("NFTA_OSF_DREG", 1, register),
  /** 0 exact, 1 lower is right too, 2 whatever. */
  ttl: attr("NFTA_OSF_TTL", 2, u8),
  /** Refused where it says none. */
  flags: attr("NFTA_OSF_FLAGS", 3, flags(be32, "NFT_OSF_F_", { version: 1 })),
}));
/** Guesses the operating system that a connection comes from. */
export interface OsfExpr extends Infer<typeof set> {}
export const osf: AttributeSet<OsfExpr> = set;
