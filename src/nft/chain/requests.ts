import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { NFT_MSG_DELCHAIN, NFT_MSG_DESTROYCHAIN, NFT_MSG_GETCHAIN, NFT_MSG_NEWCHAIN } from "../constants.ts";
import { nftType } from "../message-type.ts";
import { type Chain, chainMessage } from "./message.ts";

export const NFT_MSG_NEWCHAIN_TYPE = nftType("NFT_MSG_NEWCHAIN", NFT_MSG_NEWCHAIN, chainMessage);
export const NFT_MSG_GETCHAIN_TYPE = nftType("NFT_MSG_GETCHAIN", NFT_MSG_GETCHAIN, chainMessage);
export const NFT_MSG_DELCHAIN_TYPE = nftType("NFT_MSG_DELCHAIN", NFT_MSG_DELCHAIN, chainMessage);
export const NFT_MSG_DESTROYCHAIN_TYPE = nftType("NFT_MSG_DESTROYCHAIN", NFT_MSG_DESTROYCHAIN, chainMessage);

/** The message types of chains. */
export const chainTypes = [
  NFT_MSG_NEWCHAIN_TYPE,
  NFT_MSG_GETCHAIN_TYPE,
  NFT_MSG_DELCHAIN_TYPE,
  NFT_MSG_DESTROYCHAIN_TYPE,
];

/** Makes a chain; like all changes of nf_tables, in a batch. */
export function newChain(chain: Partial<Chain>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(NFT_MSG_NEWCHAIN_TYPE, chain, flags);
}

/** Deletes a chain by its name or handle; `ENOENT` where there is none. */
export function delChain(chain: Partial<Chain>): Request<never> {
  return change(NFT_MSG_DELCHAIN_TYPE, chain);
}

/** The same, content where there is none (Linux 6.3). */
export function destroyChain(chain: Partial<Chain>): Request<never> {
  return change(NFT_MSG_DESTROYCHAIN_TYPE, chain);
}

/** A chain by its name. */
export function getChain(chain: Partial<Chain>): Request<Chain> {
  return get(NFT_MSG_GETCHAIN_TYPE, chain, NFT_MSG_NEWCHAIN_TYPE);
}

/** All chains; `nfgenFamily` and `table` narrow it down in the kernel. */
export function listChains(filter: Partial<Chain> = {}): Request<Chain> {
  return dump(NFT_MSG_GETCHAIN_TYPE, filter, NFT_MSG_NEWCHAIN_TYPE);
}
