import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { be16 } from "../../../netlink/codec/integer.ts";

/** The EtherType of a VLAN tag, in network byte order. */
export const vlanProtocol = enumeration(be16, "ETH_P_", {
  "8021q": 0x8100,
  "8021ad": [0x88a8, "ETH_P_8021AD"],
});
