import { get, type Request } from "../../netlink/request.ts";
import { NFNL_SUBSYS_NFT_COMPAT } from "../../nfnetlink/constants.ts";
import { nfType } from "../../nfnetlink/header.ts";
import { NFNL_MSG_COMPAT_GET } from "../constants.ts";
import { type Compat, compatMessage } from "./message.ts";

export const NFNL_MSG_COMPAT_GET_TYPE = nfType(
  "NFNL_MSG_COMPAT_GET",
  NFNL_SUBSYS_NFT_COMPAT,
  NFNL_MSG_COMPAT_GET,
  compatMessage,
);

/** The message types of what iptables asks. */
export const compatTypes = [NFNL_MSG_COMPAT_GET_TYPE];

/** The revision of a match or target of iptables that the kernel has; `ENOENT` where it has none. */
export function getCompat(extension: Partial<Compat>): Request<Compat> {
  return get(NFNL_MSG_COMPAT_GET_TYPE, extension, NFNL_MSG_COMPAT_GET_TYPE);
}
