import { InputError } from "../../netlink/errors.ts";
import type { VxlanAttrs } from "../../rtnl/link/kinds/vxlan.ts";
import type { Dev } from "../session.ts";
import type { Plain } from "../words.ts";

type SameWords = Omit<VxlanAttrs, "group" | "group6" | "local" | "local6" | "link" | "collectMetadata">;

/**
 * Options of a VXLAN as `ip -j -d link` prints them: one `local` and one `group` or `remote` for both address
 * families, the lower link by its name, and `external`.
 */
export interface VxlanData extends Plain<SameWords> {
  /** Multicast group, IPv4 or IPv6. */
  group?: string;
  /** Remote end, IPv4 or IPv6. */
  remote?: string;
  /** Source address, IPv4 or IPv6. */
  local?: string;
  /** Lower link. */
  link?: Dev;
  /** The tunnel's parameters come with each packet; nothing is then learnt unless `learning` says so, as in `ip`. */
  external?: boolean | number;
}

function isMulticast(address: string): boolean {
  if (address.includes(":")) return address.toLowerCase().startsWith("ff");
  const first = Number(address.split(".")[0]);
  return first >= 224 && first < 240;
}

export function vxlanFromWords(data: VxlanData): Record<string, unknown> {
  const { group, remote, local, external, ...rest } = data;
  if (group !== undefined && remote !== undefined) {
    throw new InputError("data.remote", "either group or remote", remote);
  }
  const far = group ?? remote;
  return {
    ...rest,
    [far?.includes(":") ? "group6" : "group"]: far,
    [local?.includes(":") ? "local6" : "local"]: local,
    collectMetadata: external,
    ...(external && data.learning === undefined && { learning: false }),
  };
}

export function vxlanInWords(data: Plain<VxlanAttrs>): VxlanData {
  const { group, group6, local, local6, collectMetadata, ...rest } = data;
  const words: VxlanData = { ...rest };
  const far = group ?? group6;
  if (far !== undefined) words[isMulticast(far) ? "group" : "remote"] = far;
  if (local !== undefined || local6 !== undefined) words.local = local ?? local6;
  if (collectMetadata !== undefined) words.external = collectMetadata;
  return words;
}
