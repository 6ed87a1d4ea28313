import { get, type Request } from "../../netlink/request.ts";
import { NFT_MSG_GETGEN, NFT_MSG_NEWGEN } from "../constants.ts";
import { nftType } from "../message-type.ts";
import { type Generation, genMessage } from "./message.ts";

export const NFT_MSG_NEWGEN_TYPE = nftType("NFT_MSG_NEWGEN", NFT_MSG_NEWGEN, genMessage);
export const NFT_MSG_GETGEN_TYPE = nftType("NFT_MSG_GETGEN", NFT_MSG_GETGEN, genMessage);

/** The message types of gens. */
export const genTypes = [NFT_MSG_NEWGEN_TYPE, NFT_MSG_GETGEN_TYPE];

/** The generation that the ruleset is in now. */
export function getGeneration(): Request<Generation> {
  return get(NFT_MSG_GETGEN_TYPE, {}, NFT_MSG_NEWGEN_TYPE);
}
