/** What a route puts around its packets, in the words of ip-route(8). */

/** Options of Geneve, VXLAN and ERSPAN headers. */
export interface TunnelOptions {
  /** `data` is hexadecimal. */
  geneveOpts?: { class: number; type: number; data: string }[];
  vxlanOpts?: { gbp: number }[];
  erspanOpts?: { ver: number; index: number; dir: number; hwid: number }[];
}

interface TunnelWords extends TunnelOptions {
  /** Tunnel id: a VXLAN's VNI, a GRE key. */
  id?: number;
  src?: string;
  dst?: string;
  key?: boolean;
  csum?: boolean;
  seq?: boolean;
}

export interface MplsWords {
  type: "mpls";
  /** Labels, the outermost first: `100/200`. */
  dst: string;
  ttl?: number;
}

export interface IpWords extends TunnelWords {
  type: "ip";
  ttl?: number;
  tos?: number;
}

export interface Ip6Words extends TunnelWords {
  type: "ip6";
  hoplimit?: number;
  tc?: number;
}

export interface IlaWords {
  type: "ila";
  /** 64 bits: `2001:db8:0:1`. */
  locator: string;
  /** `adj-transport`, `neutral-map`, `no-action`, `neutral-map-auto`. */
  csumMode?: string;
  /** `luid`, `use-format`, … */
  identType?: string;
  /** `output`, `input`. */
  hookType?: string;
}

export interface Segments {
  /** In the order they are visited in. */
  segs: string[];
  /** Id of the key that signs the header, as `0x11`. */
  hmac?: string | number;
}

export interface Seg6Words extends Segments {
  type: "seg6";
  /** `inline`, `encap`, `l2encap`, `encap.red`, `l2encap.red`. */
  mode: string;
}

export interface Seg6LocalWords {
  type: "seg6local";
  /** `End`, `End.X`, `End.DT46`, … (RFC 8986). */
  action: string;
  srh?: Segments;
  table?: string | number;
  vrftable?: string | number;
  nh4?: string;
  nh6?: string;
  iif?: string | number;
  oif?: string | number;
  /** `psp`, `usp`, `usd`, `next-csid`. */
  flavors?: string[];
  /** Bits of the locator block, and of the locator node function. */
  lblen?: number;
  nflen?: number;
}

export interface RplWords {
  type: "rpl";
  /** As `ip` has them: the last one in the header comes first. */
  segs: string[];
}

export interface XfrmWords {
  type: "xfrm";
  ifId: number;
  linkDev?: string | number;
}

export interface Ioam6Words {
  type: "ioam6";
  /** The trace goes into `freqk` of every `freqn` packets. */
  freqk?: number;
  freqn?: number;
  /** `inline`, `encap`, `auto`. */
  mode?: string;
  tunsrc?: string;
  tundst?: string;
  /** `size` in bytes, a multiple of 4; `type` as `0x800000`. */
  trace: { type: string | number; ns: number; size: number };
}

export interface BpfProgramWords {
  /** Descriptor of the program, when it is set. */
  fd?: number;
  name?: string;
}

export interface BpfWords {
  type: "bpf";
  in?: BpfProgramWords;
  out?: BpfProgramWords;
  xmit?: BpfProgramWords;
  /** Bytes. */
  headroom?: number;
}

/** The same for setting and listing. */
type Both =
  | MplsWords
  | IpWords
  | Ip6Words
  | IlaWords
  | Seg6Words
  | RplWords
  | XfrmWords
  | Ioam6Words
  | BpfWords;

/** As listed. */
export type Encap =
  | Both
  | (Seg6LocalWords & { stats64?: { packets: number; bytes: number; errors: number } })
  | { type: "unknown"; number: string };

/** As set. */
export type EncapSettings = Both | (Seg6LocalWords & { count?: boolean });

export const seg6Actions: Readonly<Record<string, string>> = {
  End: "end",
  "End.X": "end-x",
  "End.T": "end-t",
  "End.DX2": "end-dx2",
  "End.DX6": "end-dx6",
  "End.DX4": "end-dx4",
  "End.DT6": "end-dt6",
  "End.DT4": "end-dt4",
  "End.B6": "end-b6",
  "End.B6.Encaps": "end-b6-encap",
  "End.BM": "end-bm",
  "End.S": "end-s",
  "End.AS": "end-as",
  "End.AM": "end-am",
  "End.BPF": "end-bpf",
  "End.DT46": "end-dt46",
};

/** The HMAC option of a segment routing header: type, length, 2 bytes, u32 key id, 32 bytes (RFC 8754). */
export const HMAC = { type: 5, length: 38, size: 40, keyAt: 4 } as const;

/** Bits of the trace type in its field: the lowest eight are not used. */
export const TRACE_SHIFT = 8;

/** What words of an encapsulation are called in the schema, for errors. */
export const encapPaths = {
  "encap.type": "encapType",
  "encap.segs": "encap.srh.segments",
  "encap.mode": "encap.srh.mode",
  "encap.linkDev": "encap.link",
  "encap.geneveOpts": "encap.opts.geneve",
  "encap.headroom": "encap.xmitHeadroom",
} as const;
