import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import { register } from "../register.ts";

const keys = { transparent: 0, mark: 1, wildcard: 2, cgroupv2: 3 } as const;

const set = attributes("expr-socket-attrs", () => ({
  key: attr("NFTA_SOCKET_KEY", 1, enumeration(be32, "NFT_SOCKET_", keys)),
  dreg: attr("NFTA_SOCKET_DREG", 2, register),
  /** Of the control group's ancestor. */
  level: attr("NFTA_SOCKET_LEVEL", 3, be32),
}));
/** Reads from the socket that the packet is for. */
export interface SocketExpr extends Infer<typeof set> {}
export const socket: AttributeSet<SocketExpr> = set;
