/** Sets and maps: nft's words ↔ nf_tables. */
import { InputError } from "../../netlink/errors.ts";
import type { Request } from "../../netlink/request.ts";
import type { Nfproto } from "../../nfnetlink/index.ts";
import { newSet, newSetElements, type NftSet as RawSet, type SetElement } from "../../nft/index.ts";
import { type Datatype, type DatatypeName, datatypes, numberOfTypes, typesOfNumber } from "./datatypes.ts";
import { readElements, type ValueType, writeElements } from "./elements.ts";
import type { NftFamily, NftMap, NftSet } from "./json.ts";
import type { KnownSet } from "./read.ts";
import { wordsFor } from "./registers.ts";

/** NFT_DATA_VERDICT (linux/netfilter/nf_tables.h). */
const DATA_VERDICT = 0xffffff00;

type RawFlag = NonNullable<RawSet["flags"]>[number];

/** The attributes that say what keys and values are. */
export function typeAttributes(
  types: readonly Datatype[],
  value: ValueType,
  interval: boolean,
  flags: readonly RawFlag[],
): Partial<RawSet> {
  const keyLen =
    types.length === 1 ? types[0]!.size : types.reduce((sum, { size }) => sum + wordsFor(size) * 4, 0);
  const isConcat = types.length > 1;
  return {
    flags: [
      ...flags,
      ...(interval ? (["interval"] as const) : []),
      ...(isConcat && interval ? (["concat"] as const) : []),
      ...(value !== undefined ? (["map"] as const) : []),
    ],
    keyType: numberOfTypes(types),
    keyLen,
    ...(value === "verdict" && { dataType: DATA_VERDICT }),
    ...(typeof value === "object" && { dataType: value.number, dataLen: value.size }),
    ...(isConcat && interval && { desc: { concat: types.map(({ size }) => ({ len: wordsFor(size) * 4 })) } }),
  };
}

function datatypeOf(name: string, path: string): Datatype {
  const found = datatypes[name as DatatypeName];
  if (!found) throw new InputError(path, `one of ${Object.keys(datatypes).join(", ")}`, name);
  return found;
}

/** Makes a set or a map with its elements. */
export function writeSet(
  set: NftSet | NftMap,
  nfgenFamily: Nfproto,
  flags: number,
  id: number,
  path: string,
): Request<never>[] {
  const { table, name, elem = [], size, timeout } = set;
  const types = [set.type].flat().map((type) => datatypeOf(type, `${path}.type`));
  const value: ValueType =
    "map" in set ? (set.map === "verdict" ? "verdict" : datatypeOf(set.map, `${path}.map`)) : undefined;
  const asked = set.flags ?? [];
  const interval = asked.includes("interval");
  const words = { constant: "constant", timeout: "timeout", dynamic: "eval" } as const;
  const raw = asked.flatMap((flag): RawFlag[] => (flag === "interval" ? [] : [words[flag]]));
  const made = newSet(
    {
      nfgenFamily,
      table,
      name,
      id,
      ...typeAttributes(types, value, interval, raw),
      ...(size !== undefined && { desc: { ...typeAttributes(types, value, interval, raw).desc, size } }),
      ...(timeout !== undefined && { timeout: BigInt(timeout * 1000) }),
    },
    flags,
  );
  if (elem.length === 0) return [made];
  const elements = writeElements(elem, types, value, interval, `${path}.elem`);
  return [made, newSetElements({ nfgenFamily, table, set: name, setId: id, elements })];
}

/** What the kernel's attributes say of a set. */
export function knownSet(raw: RawSet, elements: readonly SetElement[]): KnownSet {
  const flags = raw.flags ?? [];
  const isMap = flags.includes("map");
  const value: ValueType = !isMap
    ? undefined
    : raw.dataType === DATA_VERDICT
      ? "verdict"
      : typesOfNumber(raw.dataType ?? 0)?.[0];
  return {
    anonymous: flags.includes("anonymous"),
    types: typesOfNumber(raw.keyType ?? 0),
    value,
    interval: flags.includes("interval"),
    elements,
  };
}

/** A set with a name in nft's words; one whose types are not known here has its numbers. */
export function readSet(raw: RawSet, family: NftFamily, known: KnownSet): { set: NftSet } | { map: NftMap } {
  const { types, value, interval } = known;
  const words = { constant: "constant", interval: "interval", timeout: "timeout", eval: "dynamic" } as const;
  const flags = (raw.flags ?? []).flatMap((flag) =>
    flag in words ? [words[flag as keyof typeof words]] : [],
  );
  const names = (types ?? []).map(({ name }) => name as DatatypeName);
  const elem = types ? readElements(known.elements, types, value, interval) : [];
  const set: NftSet = {
    family,
    table: raw.table ?? "",
    name: raw.name ?? "",
    handle: Number(raw.handle ?? 0n),
    type: names.length === 1 ? names[0]! : names,
    ...(flags.length > 0 && { flags }),
    ...(raw.timeout !== undefined && { timeout: Number(raw.timeout / 1000n) }),
    ...(raw.desc?.size !== undefined && { size: raw.desc.size }),
    ...(elem.length > 0 && { elem }),
  };
  if (value === undefined && !raw.flags?.includes("map")) return { set };
  return {
    map: { ...set, map: value === "verdict" ? "verdict" : ((value as Datatype)?.name as DatatypeName) },
  };
}
