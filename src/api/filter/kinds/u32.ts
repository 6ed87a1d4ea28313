/** The u32 filter: any bits of a packet (tc-u32(8)). */
import { InputError } from "../../../netlink/errors.ts";
import type { U32Attrs } from "../../../rtnl/tc/filters/u32.ts";
import { onlyWords, rule, ruled, type Translation } from "../../tc/rules.ts";
import { type Plain, withoutUndefined } from "../../words.ts";
import { type FilterFields, fieldRules } from "../common.ts";

/** Four bytes of a packet: `match ip dst 10.0.0.0/8` of tc is `{ value: 0x0a000000, mask: 0xff000000, off: 16 }`. */
export interface U32Match {
  /** As it stands in the packet. */
  value: number;
  mask: number;
  /** From where the network header begins, bytes; a multiple of 4. */
  off: number;
  /** Added where the header before has a variable length: tc's `nexthdr+` is -1. */
  offmask?: number;
}

/** How far the next header is, for filters that `link` to another table. */
export interface U32Offset {
  /** Bytes. */
  off?: number;
  /** Where a number to add is found, bytes. */
  offoff?: number;
  /** Bits of it that count. */
  offmask?: number;
  /** By how many bits it is shifted to the right. */
  offshift?: number;
  /** Goes on from there also without `link`. */
  eat?: boolean;
}

export interface U32Options extends FilterFields {
  match?: U32Match[];
  /** Buckets of a hash table; makes one. */
  divisor?: number;
  /** Hash table that the filter is in: `1:`, or a bucket: `1:5`. */
  ht?: string;
  /** Hash table to go on in. */
  link?: string;
  /** Bits that choose the bucket there, and where they stand. */
  hashkey?: { mask: number; at: number };
  offset?: U32Offset;
  /** Mark of the packet. */
  fwmarkValue?: number;
  fwmarkMask?: number;
  /** Packets that had it; only read. */
  fwmarkSuccess?: number;
  /** Name of the link that the packet came by. */
  indev?: string;
}

/** Table, bucket and number of a filter: 12, 8 and 12 bits (linux/pkt_cls.h TC_U32_*). */
export function u32Handle(text: string, path: string): number {
  const parts = /^([0-9a-f]{1,3}):([0-9a-f]{0,2})(?::([0-9a-f]{0,3}))?$/i.exec(text);
  if (!parts) throw new InputError(path, `a handle of u32 such as "800::1" or "1:"`, text);
  const [table, bucket, node] = parts.slice(1).map((digits) => Number.parseInt(digits || "0", 16));
  return ((table! << 20) | (bucket! << 12) | (node ?? 0)) >>> 0;
}

/** `800::800` for 0x80000800; as tc prints it. */
export function u32Text(handle: number): string {
  const [table, bucket, node] = [handle >>> 20, (handle >>> 12) & 0xff, handle & 0xfff];
  const place = `${table.toString(16)}:${bucket === 0 ? "" : bucket.toString(16)}`;
  return node === 0 ? place : `${place}:${node.toString(16)}`;
}

const table = (at: string) => rule(at, u32Text, (text: string, path) => u32Handle(text, path));

const rules = ruled({
  ...fieldRules,
  ht: table("hash"),
  link: table("link"),
  fwmarkValue: "mark.val",
  fwmarkMask: "mark.mask",
  fwmarkSuccess: "mark.success",
});
const known = [...Object.keys(rules.paths), "match", "divisor", "hashkey", "offset", "indev"];

export const u32: Translation<U32Options> = {
  paths: { ...rules.paths, match: "sel.keys", divisor: "divisor" },
  write(words, path, context) {
    onlyWords(words, path, known);
    const { match = [], hashkey, offset, divisor, ...rest } = words;
    const options = { ...rules.write(rest, path, context), divisor };
    if (divisor !== undefined) return options;
    const flags = [
      // A filter that does not go on elsewhere has the last word.
      ...(words.link === undefined ? ["terminal"] : []),
      ...(offset?.off ? ["offset"] : []),
      ...(offset?.offmask ? ["varoffset"] : []),
      ...(offset?.eat ? ["eat"] : []),
    ];
    const { eat: _flag, ...numbers } = offset ?? {};
    return {
      ...options,
      sel: {
        flags,
        ...numbers,
        ...(hashkey && { hmask: hashkey.mask, hoff: hashkey.at }),
        keys: match.map(({ value, mask, off, offmask = 0 }) => ({ val: value, mask, off, offmask })),
      },
    };
  },
  read({ sel, pcnt: _counters, ...rest }: Plain<U32Attrs>, context) {
    const { off, offoff, offmask, offshift, hmask, hoff, flags } = sel ?? {};
    const moved = off || offoff || offmask || flags?.includes("eat");
    return withoutUndefined<U32Options>({
      ...(rules.read(rest, context) as U32Options),
      hashkey: hmask ? { mask: hmask, at: hoff ?? 0 } : undefined,
      offset: moved
        ? withoutUndefined({ off, offoff, offmask, offshift, eat: flags?.includes("eat") || undefined })
        : undefined,
      match: sel?.keys?.map((key) =>
        withoutUndefined({ value: key.val, mask: key.mask, off: key.off, offmask: key.offmask || undefined }),
      ),
    });
  },
};
