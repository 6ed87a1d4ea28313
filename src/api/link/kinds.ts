import type { AttributeSet } from "../../netlink/codec/attributes.ts";
import type { IntegerShape } from "../../netlink/codec/integer.ts";
import type { Infer } from "../../netlink/codec/shape.ts";
import type { BondSlaveAttrs } from "../../rtnl/link/kinds/bond-slave.ts";
import type { BridgePortAttrs } from "../../rtnl/link/kinds/bridge-port.ts";
import type { GeneveAttrs } from "../../rtnl/link/kinds/geneve.ts";
import { linkKinds } from "../../rtnl/link/kinds/index.ts";
import type { MacsecAttrs } from "../../rtnl/link/kinds/macsec.ts";
import type { VrfSlaveAttrs } from "../../rtnl/link/kinds/vrf-slave.ts";
import type { VxlanAttrs } from "../../rtnl/link/kinds/vxlan.ts";
import { type Dev, type LinkName, nameOf } from "../session.ts";
import { fromWords, type InWords, inWords, type Plain, type Words, withoutUndefined } from "../words.ts";
import { dataLinks, dataWords, type Kinds, ofKind } from "./data-words.ts";
import { type GeneveData, geneveFromWords, geneveInWords } from "./geneve.ts";
import { type MacsecData, macsecFromWords, macsecInWords } from "./macsec.ts";
import { type TunnelWords, tunnelFromWords, tunnelInWords } from "./tunnels.ts";
import { type VxlanData, vxlanFromWords, vxlanInWords } from "./vxlan.ts";
import { bridgePortWords, linkPaths } from "./words.ts";

/** Kinds whose options take more than other names. */
interface Special {
  geneve: GeneveData;
  macsec: MacsecData;
  vxlan: VxlanData;
}

type WordsOf<K> = K extends keyof typeof dataWords ? (typeof dataWords)[K] : Record<never, never>;
type LinksOf<K> = K extends keyof typeof dataLinks ? (typeof dataLinks)[K][number] : never;
/** `null` stands for no link. */
type WithLinks<T, L extends string> = [L] extends [never] ? T : Omit<T, L> & { [F in L]?: Dev | null };

/** A kind's own options, in the words of `ip -j -d link`. */
export type DataOf<K extends keyof Kinds> = K extends keyof Special
  ? Special[K]
  : TunnelWords<WithLinks<InWords<Infer<Kinds[K]>, WordsOf<K>>, LinksOf<K>>>;

/** `{ kind, data }`: the data's fields depend on the kind. Of a kind unknown here the data is bytes. */
export type KindData =
  | { [K in keyof Kinds]: { kind?: K; data?: DataOf<K> } }[keyof Kinds]
  | { kind?: string & {}; data?: Uint8Array };

/** Options of a bridge's port as `bridge -j -d link` prints them. */
export type BridgePortData = InWords<BridgePortAttrs, typeof bridgePortWords>;

/** `{ slaveKind, slaveData }`: the link as a member of its master. */
export type SlaveData =
  | { slaveKind?: "bridge"; slaveData?: BridgePortData }
  | { slaveKind?: "bond"; slaveData?: Plain<BondSlaveAttrs> }
  | { slaveKind?: "vrf"; slaveData?: Plain<VrfSlaveAttrs> }
  | { slaveKind?: string & {}; slaveData?: Uint8Array };

/** The kernel's names for a kind's options, in which links are indexes already. */
export function dataFromWords(kind: string | undefined, data: object | undefined): object | undefined {
  if (data === undefined || data instanceof Uint8Array) return data;
  switch (kind) {
    case "geneve":
      return geneveFromWords(data as GeneveData);
    case "macsec":
      return macsecFromWords(data as MacsecData);
    case "vxlan":
      return vxlanFromWords(data as VxlanData);
    default:
      return tunnelFromWords(wide(kind, fromWords(data, wordsOf(kind))), fieldsOf(kind));
  }
}

export function dataInWords(
  kind: string | undefined,
  data: object | undefined,
  names: ReadonlyMap<number, LinkName>,
): object | undefined {
  if (data === undefined || data instanceof Uint8Array) return data;
  return withoutUndefined(inWords(kindInWords(kind, withLinkNames(kind, data, names)), wordsOf(kind)));
}

function kindInWords(kind: string | undefined, data: object): object {
  switch (kind) {
    case "geneve":
      return geneveInWords(data as GeneveAttrs);
    case "macsec":
      return macsecInWords(data as MacsecAttrs);
    case "vxlan":
      return vxlanInWords(data as VxlanAttrs);
    default:
      return tunnelInWords(data as Record<string, unknown>);
  }
}

function wordsOf(kind: string | undefined): Words {
  return ofKind<Words>(dataWords, kind) ?? {};
}

/** Paths in a request about a link of this kind beside what the caller gave. */
export function linkPathsOf(kind: string | undefined): Words {
  const own: Words = Object.fromEntries(
    Object.entries(wordsOf(kind)).map(([word, name]) => [
      word === "peer" ? word : `data.${word}`,
      `linkinfo.data.${name}`,
    ]),
  );
  // What comes first is tried first, and what comes last counts.
  return { ...own, ...linkPaths, ...own };
}

/** Numbers as the bigints that fields of 64 bits are. */
function wide(kind: string | undefined, data: Record<string, unknown>): Record<string, unknown> {
  const set = ofKind<AttributeSet<unknown>>(linkKinds, kind);
  const widened = Object.entries(data).map(([field, value]) => {
    const shape = set?.attributes[field]?.shape as Partial<IntegerShape<bigint>> | undefined;
    return [field, shape?.bits === 64 && Number.isSafeInteger(value) ? BigInt(value as number) : value];
  });
  return Object.fromEntries(widened);
}

function fieldsOf(kind: string | undefined): (field: string) => boolean {
  const set =
    kind !== undefined && Object.hasOwn(linkKinds, kind) ? linkKinds[kind as keyof Kinds] : undefined;
  return (field) => set !== undefined && Object.hasOwn(set.attributes, field);
}

/** Names in place of indexes; no link is left out. */
function withLinkNames(kind: string | undefined, data: object, names: ReadonlyMap<number, LinkName>): object {
  const named: Record<string, unknown> = {};
  for (const [field, index] of linksIn(kind, data)) {
    if (typeof index === "number") named[field] = index === 0 ? undefined : nameOf(names, index);
  }
  return { ...data, ...named };
}

/** The options that are other links. */
export function linksIn(kind: string | undefined, data: object | undefined): [field: string, dev: unknown][] {
  const fields = ofKind<readonly string[]>(dataLinks, kind) ?? [];
  const given = data as Readonly<Record<string, unknown>> | undefined;
  return fields.filter((field) => given?.[field] !== undefined).map((field) => [field, given![field]]);
}

export function slaveDataFromWords(kind: string | undefined, data: object | undefined): object | undefined {
  if (data === undefined || data instanceof Uint8Array) return data;
  return fromWords(data, kind === "bridge" ? bridgePortWords : {});
}

export function slaveDataInWords(kind: string | undefined, data: object | undefined): object | undefined {
  if (data === undefined || data instanceof Uint8Array) return data;
  return inWords(data, kind === "bridge" ? bridgePortWords : {});
}
