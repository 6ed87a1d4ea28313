import { type Protocol, protocol } from "../netlink/codec/protocol.ts";
import { NETLINK_XFRM } from "../netlink/constants.ts";
import { xfrmTypes } from "./types.ts";

/** NETLINK_XFRM: IPsec's states and policies (ip-xfrm(8), linux/xfrm.h). */
export const xfrm: Protocol = protocol("NETLINK_XFRM", NETLINK_XFRM, xfrmTypes);
