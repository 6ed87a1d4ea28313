/** What a tunnel's header carries besides its id: of the flower filter, the tunnel_key action and routes alike. */
import { multi } from "../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../netlink/codec/attributes.ts";
import { bytes } from "../netlink/codec/bytes.ts";
import { be16, be32, u8, u32 } from "../netlink/codec/integer.ts";

/**
 * Options of a Geneve header (RFC 8926): the kernel reports all of them in one of these, class, type and data of the
 * first, then of the second; it takes one of these for each option.
 */
export interface GeneveOptions {
  class?: number[];
  type?: number[];
  /** 4 to 128 bytes each, a multiple of 4. */
  data?: Uint8Array[];
}

export interface VxlanOptions {
  /** Group policy id and its flags. */
  gbp?: number;
}

export interface ErspanOptions {
  ver?: number;
  /** Version 1. */
  index?: number;
  /** Version 2: 0 ingress, 1 egress. */
  dir?: number;
  /** Version 2. */
  hwid?: number;
}

/**
 * The rows of the set of options.
 *
 * @param spec - beginning of the sets' names in the kernel's spec.
 * @param constant - beginning of the constants.
 */
export function tunnelOptions(spec: string, constant: string) {
  const row = (option: string) => `${constant}_OPT_${option}`;
  const geneve: AttributeSet<GeneveOptions> = attributes(`${spec}-opt-geneve-attrs`, () => ({
    class: attr(row("GENEVE_CLASS"), 1, multi(be16)),
    type: attr(row("GENEVE_TYPE"), 2, multi(u8)),
    data: attr(row("GENEVE_DATA"), 3, multi(bytes)),
  }));
  const vxlan: AttributeSet<VxlanOptions> = attributes(`${spec}-opt-vxlan-attrs`, () => ({
    gbp: attr(row("VXLAN_GBP"), 1, u32),
  }));
  const erspan: AttributeSet<ErspanOptions> = attributes(`${spec}-opt-erspan-attrs`, () => ({
    ver: attr(row("ERSPAN_VER"), 1, u8),
    index: attr(row("ERSPAN_INDEX"), 2, be32),
    dir: attr(row("ERSPAN_DIR"), 3, u8),
    hwid: attr(row("ERSPAN_HWID"), 4, u8),
  }));
  return {
    geneve: attr(`${constant}_OPTS_GENEVE`, 1, multi(geneve)),
    vxlan: attr(`${constant}_OPTS_VXLAN`, 2, vxlan),
    erspan: attr(`${constant}_OPTS_ERSPAN`, 3, erspan),
  };
}
