import type { Infer } from "../../netlink/codec/shape.ts";
import type { BridgePortAttrs } from "../../rtnl/link/kinds/bridge-port.ts";
import type { linkKinds } from "../../rtnl/link/kinds/index.ts";
import type { VxlanAttrs } from "../../rtnl/link/kinds/vxlan.ts";
import type { LinkName } from "../session.ts";
import { fromWords, type InWords, inWords, type Plain } from "../words.ts";
import { type VxlanData, vxlanFromWords, vxlanInWords } from "./vxlan.ts";
import { bridgePortWords } from "./words.ts";

type Kinds = typeof linkKinds;

/** A kind's own options, in the words of `ip -j -d link`. */
type DataOf<K extends keyof Kinds> = K extends "vxlan" ? VxlanData : Plain<Infer<Kinds[K]>>;

/** `{ kind, data }`: the data's fields depend on the kind. Of a kind unknown here the data is bytes. */
export type KindData =
  | { [K in keyof Kinds]: { kind?: K; data?: DataOf<K> } }[keyof Kinds]
  | { kind?: string & {}; data?: Uint8Array };

/** Options of a bridge's port as `bridge -j -d link` prints them. */
export type BridgePortData = InWords<BridgePortAttrs, typeof bridgePortWords>;

/** `{ slaveKind, slaveData }`: the link as a member of its master. */
export type SlaveData =
  | { slaveKind?: "bridge"; slaveData?: BridgePortData }
  | { slaveKind?: string & {}; slaveData?: Uint8Array };

export function dataFromWords(kind: string | undefined, data: object | undefined): object | undefined {
  if (kind === "vxlan" && data !== undefined) return vxlanFromWords(data as VxlanData);
  return data;
}

export function dataInWords(
  kind: string | undefined,
  data: object | undefined,
  names: ReadonlyMap<number, LinkName>,
): object | undefined {
  if (data === undefined || data instanceof Uint8Array) return data;
  const words = inWords(data, {});
  return kind === "vxlan" ? vxlanInWords(words as Plain<VxlanAttrs>, names) : words;
}

export function slaveDataFromWords(data: object | undefined): object | undefined {
  return data === undefined || data instanceof Uint8Array ? data : fromWords(data, bridgePortWords);
}

export function slaveDataInWords(kind: string | undefined, data: object | undefined): object | undefined {
  if (data === undefined || data instanceof Uint8Array) return data;
  return inWords(data, kind === "bridge" ? bridgePortWords : {});
}
