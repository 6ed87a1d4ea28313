import { messageType } from "../../netlink/codec/protocol.ts";
import { NLM_F_CREATE, NLM_F_EXCL } from "../../netlink/constants.ts";
import { change, dump, get, type Request } from "../../netlink/request.ts";
import {
  RTM_DELNEXTHOP,
  RTM_DELNEXTHOPBUCKET,
  RTM_GETNEXTHOP,
  RTM_GETNEXTHOPBUCKET,
  RTM_NEWNEXTHOP,
  RTM_NEWNEXTHOPBUCKET,
} from "../constants.ts";
import { type NexthopObject, nexthopMessage } from "./message.ts";

export const RTM_NEWNEXTHOP_TYPE = messageType("RTM_NEWNEXTHOP", RTM_NEWNEXTHOP, nexthopMessage);
export const RTM_DELNEXTHOP_TYPE = messageType("RTM_DELNEXTHOP", RTM_DELNEXTHOP, nexthopMessage);
export const RTM_GETNEXTHOP_TYPE = messageType("RTM_GETNEXTHOP", RTM_GETNEXTHOP, nexthopMessage);
export const RTM_NEWNEXTHOPBUCKET_TYPE = messageType(
  "RTM_NEWNEXTHOPBUCKET",
  RTM_NEWNEXTHOPBUCKET,
  nexthopMessage,
);
export const RTM_DELNEXTHOPBUCKET_TYPE = messageType(
  "RTM_DELNEXTHOPBUCKET",
  RTM_DELNEXTHOPBUCKET,
  nexthopMessage,
);
export const RTM_GETNEXTHOPBUCKET_TYPE = messageType(
  "RTM_GETNEXTHOPBUCKET",
  RTM_GETNEXTHOPBUCKET,
  nexthopMessage,
);

/** The message types of nexthop objects. */
export const nexthopTypes = [
  RTM_NEWNEXTHOP_TYPE,
  RTM_DELNEXTHOP_TYPE,
  RTM_GETNEXTHOP_TYPE,
  RTM_NEWNEXTHOPBUCKET_TYPE,
  RTM_DELNEXTHOPBUCKET_TYPE,
  RTM_GETNEXTHOPBUCKET_TYPE,
];

/**
 * Makes a nexthop.
 *
 * @param flags - NLM_F_CREATE with NLM_F_EXCL adds, with NLM_F_REPLACE replaces.
 */
export function newNexthop(
  nexthop: Partial<NexthopObject>,
  flags: number = NLM_F_CREATE | NLM_F_EXCL,
): Request<never> {
  return change(RTM_NEWNEXTHOP_TYPE, nexthop, flags);
}

/** Deletes the nexthop `id`, and the routes that use it. */
export function delNexthop(nexthop: Partial<NexthopObject>): Request<never> {
  return change(RTM_DELNEXTHOP_TYPE, nexthop);
}

/** The nexthop `id`. */
export function getNexthop(nexthop: Partial<NexthopObject>): Request<NexthopObject> {
  return get(RTM_GETNEXTHOP_TYPE, nexthop, RTM_NEWNEXTHOP_TYPE);
}

/** All nexthops; family, `oif`, `master`, `groups` and `fdb` narrow it down in the kernel. */
export function listNexthops(filter: Partial<NexthopObject> = {}): Request<NexthopObject> {
  return dump(RTM_GETNEXTHOP_TYPE, filter, RTM_NEWNEXTHOP_TYPE);
}

/** Bucket `resBucket.index` of the resilient group `id`. */
export function getNexthopBucket(bucket: Partial<NexthopObject>): Request<NexthopObject> {
  return get(RTM_GETNEXTHOPBUCKET_TYPE, bucket, RTM_NEWNEXTHOPBUCKET_TYPE);
}

/** Buckets of all resilient groups; `id`, `oif`, `master` and `resBucket.nhId` narrow it down in the kernel. */
export function listNexthopBuckets(filter: Partial<NexthopObject> = {}): Request<NexthopObject> {
  return dump(RTM_GETNEXTHOPBUCKET_TYPE, filter, RTM_NEWNEXTHOPBUCKET_TYPE);
}
