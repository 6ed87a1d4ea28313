/** Options of tunnels' headers as tc has them, for the flower filter and the tunnel_key action. */
import type { ErspanOptions, GeneveOptions, VxlanOptions } from "../../rtnl/tunnel-options.ts";

/** One option of a Geneve header. */
export interface GeneveOption {
  class: number;
  type: number;
  /** 4 to 128 bytes, a multiple of 4. */
  data: Uint8Array;
}

export interface TunnelOptions {
  geneveOpts?: GeneveOption[];
  vxlanOpts?: VxlanOptions;
  erspanOpts?: ErspanOptions;
}

interface KernelOptions {
  geneve?: GeneveOptions[];
  vxlan?: VxlanOptions;
  erspan?: ErspanOptions;
}

/** The kernel takes a nest for each option, and reports one for all. */
export function writeTunnelOptions({
  geneveOpts,
  vxlanOpts,
  erspanOpts,
}: TunnelOptions): KernelOptions | undefined {
  if (geneveOpts === undefined && vxlanOpts === undefined && erspanOpts === undefined) return undefined;
  const geneve = geneveOpts?.map(({ class: of, type, data }) => ({
    class: [of],
    type: [type],
    data: [data],
  }));
  return { geneve, vxlan: vxlanOpts, erspan: erspanOpts };
}

export function readTunnelOptions(options: KernelOptions | undefined): TunnelOptions {
  const { geneve, vxlan, erspan } = options ?? {};
  const geneveOpts = geneve?.flatMap(({ class: classes = [], type = [], data = [] }) =>
    classes.map((of, place) => ({
      class: of,
      type: type[place] ?? 0,
      data: data[place] ?? new Uint8Array(),
    })),
  );
  return { geneveOpts, vxlanOpts: vxlan, erspanOpts: erspan };
}
