import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { NFT_MSG_DELTABLE, NFT_MSG_DESTROYTABLE, NFT_MSG_GETTABLE, NFT_MSG_NEWTABLE } from "../constants.ts";
import { nftType } from "../message-type.ts";
import { type Table, tableMessage } from "./message.ts";

export const NFT_MSG_NEWTABLE_TYPE = nftType("NFT_MSG_NEWTABLE", NFT_MSG_NEWTABLE, tableMessage);
export const NFT_MSG_GETTABLE_TYPE = nftType("NFT_MSG_GETTABLE", NFT_MSG_GETTABLE, tableMessage);
export const NFT_MSG_DELTABLE_TYPE = nftType("NFT_MSG_DELTABLE", NFT_MSG_DELTABLE, tableMessage);
export const NFT_MSG_DESTROYTABLE_TYPE = nftType("NFT_MSG_DESTROYTABLE", NFT_MSG_DESTROYTABLE, tableMessage);

/** The message types of tables. */
export const tableTypes = [
  NFT_MSG_NEWTABLE_TYPE,
  NFT_MSG_GETTABLE_TYPE,
  NFT_MSG_DELTABLE_TYPE,
  NFT_MSG_DESTROYTABLE_TYPE,
];

/** Makes a table; like all changes of nf_tables, in a batch. */
export function newTable(table: Partial<Table>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(NFT_MSG_NEWTABLE_TYPE, table, flags);
}

/** Deletes a table by its name or handle; `ENOENT` where there is none. */
export function delTable(table: Partial<Table>): Request<never> {
  return change(NFT_MSG_DELTABLE_TYPE, table);
}

/** The same, content where there is none (Linux 6.3). */
export function destroyTable(table: Partial<Table>): Request<never> {
  return change(NFT_MSG_DESTROYTABLE_TYPE, table);
}

/** A table by its name. */
export function getTable(table: Partial<Table>): Request<Table> {
  return get(NFT_MSG_GETTABLE_TYPE, table, NFT_MSG_NEWTABLE_TYPE);
}

/** All tables; `nfgenFamily` narrows it down in the kernel. */
export function listTables(filter: Partial<Table> = {}): Request<Table> {
  return dump(NFT_MSG_GETTABLE_TYPE, filter, NFT_MSG_NEWTABLE_TYPE);
}
