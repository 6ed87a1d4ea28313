import type { GeneveAttrs } from "../../rtnl/link/kinds/geneve.ts";
import type { Plain } from "../words.ts";

/**
 * Options of a Geneve link: one `local` and one `remote` for both address families, and `external`, all as
 * `ip -j -d link` prints them except for its `remote6`.
 */
export interface GeneveData extends Plain<Omit<GeneveAttrs, "remote6" | "local6" | "collectMetadata">> {
  /** Far end, IPv4 or IPv6. */
  remote?: string;
  /** Source address, IPv4 or IPv6. */
  local?: string;
  /** The tunnel's parameters come with each packet. */
  external?: boolean;
}

export function geneveFromWords({ remote, local, external, ...rest }: GeneveData): object {
  return {
    ...rest,
    [remote?.includes(":") ? "remote6" : "remote"]: remote,
    [local?.includes(":") ? "local6" : "local"]: local,
    collectMetadata: external,
  };
}

export function geneveInWords({ remote6, local6, collectMetadata, ...rest }: GeneveAttrs): object {
  return { ...rest, remote: rest.remote ?? remote6, local: rest.local ?? local6, external: collectMetadata };
}
