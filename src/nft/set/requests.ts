import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { NFT_MSG_DELSET, NFT_MSG_DESTROYSET, NFT_MSG_GETSET, NFT_MSG_NEWSET } from "../constants.ts";
import { nftType } from "../message-type.ts";
import { type NftSet, setMessage } from "./message.ts";

export const NFT_MSG_NEWSET_TYPE = nftType("NFT_MSG_NEWSET", NFT_MSG_NEWSET, setMessage);
export const NFT_MSG_GETSET_TYPE = nftType("NFT_MSG_GETSET", NFT_MSG_GETSET, setMessage);
export const NFT_MSG_DELSET_TYPE = nftType("NFT_MSG_DELSET", NFT_MSG_DELSET, setMessage);
export const NFT_MSG_DESTROYSET_TYPE = nftType("NFT_MSG_DESTROYSET", NFT_MSG_DESTROYSET, setMessage);

/** The message types of sets. */
export const setTypes = [
  NFT_MSG_NEWSET_TYPE,
  NFT_MSG_GETSET_TYPE,
  NFT_MSG_DELSET_TYPE,
  NFT_MSG_DESTROYSET_TYPE,
];

/** Makes a set; like all changes of nf_tables, in a batch. */
export function newSet(set: Partial<NftSet>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(NFT_MSG_NEWSET_TYPE, set, flags);
}

/** Deletes a set by its name or handle; `ENOENT` where there is none. */
export function delSet(set: Partial<NftSet>): Request<never> {
  return change(NFT_MSG_DELSET_TYPE, set);
}

/** The same, content where there is none (Linux 6.3). */
export function destroySet(set: Partial<NftSet>): Request<never> {
  return change(NFT_MSG_DESTROYSET_TYPE, set);
}

/** A set by its name. */
export function getSet(set: Partial<NftSet>): Request<NftSet> {
  return get(NFT_MSG_GETSET_TYPE, set, NFT_MSG_NEWSET_TYPE);
}

/** All sets and maps; `nfgenFamily` and `table` narrow it down in the kernel. */
export function listSets(filter: Partial<NftSet> = {}): Request<NftSet> {
  return dump(NFT_MSG_GETSET_TYPE, filter, NFT_MSG_NEWSET_TYPE);
}
