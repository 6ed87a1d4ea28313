import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_BULK, NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import { RTM_DELMDB, RTM_GETMDB, RTM_NEWMDB } from "../constants.ts";
import { type Mdb, type MdbGet, type MdbSet, mdbGetMessage, mdbMessage, mdbSetMessage } from "./message.ts";

export const RTM_NEWMDB_TYPE = messageType("RTM_NEWMDB", RTM_NEWMDB, mdbMessage);
export const RTM_DELMDB_TYPE = messageType("RTM_DELMDB", RTM_DELMDB, mdbMessage);
/** Of a dump's answers. */
export const RTM_GETMDB_TYPE = messageType("RTM_GETMDB", RTM_GETMDB, mdbMessage);

/** The message types of multicast databases, as the kernel sends them. */
export const mdbTypes = [RTM_NEWMDB_TYPE, RTM_DELMDB_TYPE, RTM_GETMDB_TYPE];

const NEWMDB_REQUEST = messageType("RTM_NEWMDB", RTM_NEWMDB, mdbSetMessage);
const DELMDB_REQUEST = messageType("RTM_DELMDB", RTM_DELMDB, mdbSetMessage);
const GETMDB_REQUEST = messageType("RTM_GETMDB", RTM_GETMDB, mdbGetMessage);

/** The same as they are sent to the kernel. */
export const mdbRequests = [NEWMDB_REQUEST, DELMDB_REQUEST, GETMDB_REQUEST];

/** Adds an entry to the database of the bridge or VXLAN `ifindex`; with NLM_F_REPLACE changes it. */
export function newMdb(mdb: Partial<MdbSet>, flags: number = NLM_F_CREATE | NLM_F_EXCL): Request<never> {
  return change(NEWMDB_REQUEST, mdb, flags);
}

export function delMdb(mdb: Partial<MdbSet>): Request<never> {
  return change(DELMDB_REQUEST, mdb);
}

/** Deletes all entries that match (kernel 6.8). */
export function flushMdb(mdb: Partial<MdbSet>): Request<never> {
  return change(DELMDB_REQUEST, mdb, NLM_F_BULK);
}

/** One group, at all of its ports. */
export function getMdb(mdb: Partial<MdbGet>): Request<Mdb> {
  return get(GETMDB_REQUEST, mdb, RTM_NEWMDB_TYPE);
}

/** The databases of all bridges, each in one message or more. */
export function listMdbs(filter: Partial<MdbGet> = {}): Request<Mdb> {
  return dump(GETMDB_REQUEST, filter, RTM_GETMDB_TYPE);
}

/** The same of all VXLANs: the kernel tells of them in messages of another type. */
export function listVxlanMdbs(filter: Partial<MdbGet> = {}): Request<Mdb> {
  return dump(GETMDB_REQUEST, filter, RTM_NEWMDB_TYPE);
}
