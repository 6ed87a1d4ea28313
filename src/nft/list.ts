import { indexedArray } from "../netlink/codec/array.ts";
import type { Shape } from "../netlink/codec/shape.ts";

/** A nest of NFTA_LIST_ELEM. Elements of a set are numbered by nft and others when sent: the kernel does not look. */
export function listOf<T>(of: Shape<T>): Shape<T[]> {
  return indexedArray(of, { elementType: 1, constant: "NFTA_LIST_ELEM" });
}
