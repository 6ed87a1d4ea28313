import { mac } from "../../../netlink/codec/address.ts";
import { be16 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { type StructShape, struct } from "../../../netlink/codec/struct.ts";

const shape = struct("ifla-bridge-id", { prio: be16, addr: mac });

/** struct ifla_bridge_id (linux/if_link.h): the bridge identifier of IEEE 802.1D, priority in network byte order. */
export interface BridgeId extends Infer<typeof shape> {}
export const bridgeId: StructShape<BridgeId> = shape;
