import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import {
  NFT_MSG_DELFLOWTABLE,
  NFT_MSG_DESTROYFLOWTABLE,
  NFT_MSG_GETFLOWTABLE,
  NFT_MSG_NEWFLOWTABLE,
} from "../constants.ts";
import { nftType } from "../message-type.ts";
import { type Flowtable, flowtableMessage } from "./message.ts";

export const NFT_MSG_NEWFLOWTABLE_TYPE = nftType(
  "NFT_MSG_NEWFLOWTABLE",
  NFT_MSG_NEWFLOWTABLE,
  flowtableMessage,
);
export const NFT_MSG_GETFLOWTABLE_TYPE = nftType(
  "NFT_MSG_GETFLOWTABLE",
  NFT_MSG_GETFLOWTABLE,
  flowtableMessage,
);
export const NFT_MSG_DELFLOWTABLE_TYPE = nftType(
  "NFT_MSG_DELFLOWTABLE",
  NFT_MSG_DELFLOWTABLE,
  flowtableMessage,
);
export const NFT_MSG_DESTROYFLOWTABLE_TYPE = nftType(
  "NFT_MSG_DESTROYFLOWTABLE",
  NFT_MSG_DESTROYFLOWTABLE,
  flowtableMessage,
);

/** The message types of flowtables. */
export const flowtableTypes = [
  NFT_MSG_NEWFLOWTABLE_TYPE,
  NFT_MSG_GETFLOWTABLE_TYPE,
  NFT_MSG_DELFLOWTABLE_TYPE,
  NFT_MSG_DESTROYFLOWTABLE_TYPE,
];

/** Makes a flowtable; like all changes of nf_tables, in a batch. */
export function newFlowtable(
  flowtable: Partial<Flowtable>,
  flags: number = NLM_F_CREATE | NLM_F_EXCL,
): Request<never> {
  return change(NFT_MSG_NEWFLOWTABLE_TYPE, flowtable, flags);
}

/** Deletes a flowtable by its name or handle; `ENOENT` where there is none. */
export function delFlowtable(flowtable: Partial<Flowtable>): Request<never> {
  return change(NFT_MSG_DELFLOWTABLE_TYPE, flowtable);
}

/** The same, content where there is none (Linux 6.3). */
export function destroyFlowtable(flowtable: Partial<Flowtable>): Request<never> {
  return change(NFT_MSG_DESTROYFLOWTABLE_TYPE, flowtable);
}

/** A flowtable by its name. */
export function getFlowtable(flowtable: Partial<Flowtable>): Request<Flowtable> {
  return get(NFT_MSG_GETFLOWTABLE_TYPE, flowtable, NFT_MSG_NEWFLOWTABLE_TYPE);
}

/** All flowtables; `nfgenFamily` and `table` narrow it down in the kernel. */
export function listFlowtables(filter: Partial<Flowtable> = {}): Request<Flowtable> {
  return dump(NFT_MSG_GETFLOWTABLE_TYPE, filter, NFT_MSG_NEWFLOWTABLE_TYPE);
}
