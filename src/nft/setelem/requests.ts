import { NLM_F_CREATE } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import {
  NFT_MSG_DELSETELEM,
  NFT_MSG_DESTROYSETELEM,
  NFT_MSG_GETSETELEM,
  NFT_MSG_GETSETELEM_RESET,
  NFT_MSG_NEWSETELEM,
} from "../constants.ts";
import { nftType } from "../message-type.ts";
import { type SetElements, setelemMessage } from "./message.ts";

export const NFT_MSG_NEWSETELEM_TYPE = nftType("NFT_MSG_NEWSETELEM", NFT_MSG_NEWSETELEM, setelemMessage);
export const NFT_MSG_GETSETELEM_TYPE = nftType("NFT_MSG_GETSETELEM", NFT_MSG_GETSETELEM, setelemMessage);
export const NFT_MSG_DELSETELEM_TYPE = nftType("NFT_MSG_DELSETELEM", NFT_MSG_DELSETELEM, setelemMessage);
export const NFT_MSG_DESTROYSETELEM_TYPE = nftType(
  "NFT_MSG_DESTROYSETELEM",
  NFT_MSG_DESTROYSETELEM,
  setelemMessage,
);
export const NFT_MSG_GETSETELEM_RESET_TYPE = nftType(
  "NFT_MSG_GETSETELEM_RESET",
  NFT_MSG_GETSETELEM_RESET,
  setelemMessage,
);

/** The message types of setelems. */
export const setelemTypes = [
  NFT_MSG_NEWSETELEM_TYPE,
  NFT_MSG_GETSETELEM_TYPE,
  NFT_MSG_DELSETELEM_TYPE,
  NFT_MSG_DESTROYSETELEM_TYPE,
  NFT_MSG_GETSETELEM_RESET_TYPE,
];

/** Adds elements to a set; like all changes of nf_tables, in a batch. */
export function newSetElements(elements: Partial<SetElements>, flags: number = NLM_F_CREATE): Request<never> {
  return change(NFT_MSG_NEWSETELEM_TYPE, elements, flags);
}

/** Deletes elements, without `elements` all of them. */
export function delSetElements(elements: Partial<SetElements>): Request<never> {
  return change(NFT_MSG_DELSETELEM_TYPE, elements);
}

/** The same, content where there are none (Linux 6.3). */
export function destroySetElements(elements: Partial<SetElements>): Request<never> {
  return change(NFT_MSG_DESTROYSETELEM_TYPE, elements);
}

/** The element of this key: `elements` is one. */
export function getSetElement(elements: Partial<SetElements>): Request<SetElements> {
  return get(NFT_MSG_GETSETELEM_TYPE, elements, NFT_MSG_NEWSETELEM_TYPE);
}

/** The elements of a set, as many in an object as fit into a message. */
export function listSetElements(
  set: Pick<Partial<SetElements>, "nfgenFamily" | "table" | "set">,
): Request<SetElements> {
  return dump(NFT_MSG_GETSETELEM_TYPE, set, NFT_MSG_NEWSETELEM_TYPE);
}

/** The same; counters and quotas of the elements begin anew (Linux 6.5). */
export function resetSetElements(
  set: Pick<Partial<SetElements>, "nfgenFamily" | "table" | "set">,
): Request<SetElements> {
  return dump(NFT_MSG_GETSETELEM_RESET_TYPE, set, NFT_MSG_NEWSETELEM_TYPE);
}
