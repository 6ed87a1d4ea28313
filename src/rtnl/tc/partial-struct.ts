import { type StructOf, type StructShape, struct } from "../../netlink/codec/struct.ts";

type Fields = Parameters<typeof struct>[1];

/** A struct of which fields may be left out: zero when sent, missing where the bytes end before them. */
export function partialStruct<const F extends Fields>(
  name: string,
  fields: F,
): StructShape<Partial<StructOf<F>>> {
  return struct(name, fields) as unknown as StructShape<Partial<StructOf<F>>>;
}
