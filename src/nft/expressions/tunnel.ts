import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const set = attributes("expr-tunnel-attrs", () => ({
  key: attr("NFTA_TUNNEL_KEY", 1, enumeration(be32, "NFT_TUNNEL_", { path: 0, id: 1 })),
  dreg: attr("NFTA_TUNNEL_DREG", 2, register),
  mode: attr("NFTA_TUNNEL_MODE", 3, enumeration(be32, "NFT_TUNNEL_MODE_", { none: 0, rx: 1, tx: 2 })),
}));
/** Reads from the tunnel that the packet came through or goes into. */
export interface TunnelExpr extends Infer<typeof set> {}
export const tunnel: AttributeSet<TunnelExpr> = set;
