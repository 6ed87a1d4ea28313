import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import {
  NFT_MSG_DELOBJ,
  NFT_MSG_DESTROYOBJ,
  NFT_MSG_GETOBJ,
  NFT_MSG_GETOBJ_RESET,
  NFT_MSG_NEWOBJ,
} from "../constants.ts";
import { nftType } from "../message-type.ts";
import { type NftObject, objMessage } from "./message.ts";

export const NFT_MSG_NEWOBJ_TYPE = nftType("NFT_MSG_NEWOBJ", NFT_MSG_NEWOBJ, objMessage);
export const NFT_MSG_GETOBJ_TYPE = nftType("NFT_MSG_GETOBJ", NFT_MSG_GETOBJ, objMessage);
export const NFT_MSG_DELOBJ_TYPE = nftType("NFT_MSG_DELOBJ", NFT_MSG_DELOBJ, objMessage);
export const NFT_MSG_DESTROYOBJ_TYPE = nftType("NFT_MSG_DESTROYOBJ", NFT_MSG_DESTROYOBJ, objMessage);
export const NFT_MSG_GETOBJ_RESET_TYPE = nftType("NFT_MSG_GETOBJ_RESET", NFT_MSG_GETOBJ_RESET, objMessage);

/** The message types of objs. */
export const objTypes = [
  NFT_MSG_NEWOBJ_TYPE,
  NFT_MSG_GETOBJ_TYPE,
  NFT_MSG_DELOBJ_TYPE,
  NFT_MSG_DESTROYOBJ_TYPE,
  NFT_MSG_GETOBJ_RESET_TYPE,
];

/** Makes a stateful object; like all changes of nf_tables, in a batch. */
export function newObject(
  object: Partial<NftObject>,
  flags: number = NLM_F_CREATE | NLM_F_EXCL,
): Request<never> {
  return change(NFT_MSG_NEWOBJ_TYPE, object, flags);
}

/** Deletes a stateful object by its name or handle; `ENOENT` where there is none. */
export function delObject(object: Partial<NftObject>): Request<never> {
  return change(NFT_MSG_DELOBJ_TYPE, object);
}

/** The same, content where there is none (Linux 6.3). */
export function destroyObject(object: Partial<NftObject>): Request<never> {
  return change(NFT_MSG_DESTROYOBJ_TYPE, object);
}

/** A stateful object by its name. */
export function getObject(object: Partial<NftObject>): Request<NftObject> {
  return get(NFT_MSG_GETOBJ_TYPE, object, NFT_MSG_NEWOBJ_TYPE);
}

/** All stateful objects; `nfgenFamily`, `table` and `type` narrow it down in the kernel. */
export function listObjects(filter: Partial<NftObject> = {}): Request<NftObject> {
  return dump(NFT_MSG_GETOBJ_TYPE, filter, NFT_MSG_NEWOBJ_TYPE);
}

/** The objects, whose counters and quotas begin anew. */
export function resetObjects(filter: Partial<NftObject> = {}): Request<NftObject> {
  return dump(NFT_MSG_GETOBJ_RESET_TYPE, filter, NFT_MSG_NEWOBJ_TYPE);
}
