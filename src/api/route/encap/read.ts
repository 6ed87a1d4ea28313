import type {
  BpfEncap,
  EncapType,
  IlaEncap,
  Ioam6Encap,
  Ip6Encap,
  IpEncap,
  MplsEncap,
  RplEncap,
  Seg6Encap,
  Seg6LocalEncap,
  Srh,
  TunnelOpts,
  XfrmEncap,
} from "../../../rtnl/route/index.ts";
import { tableName } from "../../names.ts";
import { type LinkName, nameOf } from "../../session.ts";
import { withoutUndefined } from "../../words.ts";
import { type Encap, HMAC, type Segments, seg6Actions, TRACE_SHIFT, type TunnelOptions } from "./words.ts";

export type { Encap } from "./words.ts";

type Names = ReadonlyMap<number, LinkName>;

/** What a route or nexthop puts around its packets, in the words of `ip -j`. */
export function readEncap(
  type: EncapType | undefined,
  encap: object | undefined,
  names: Names,
): Encap | undefined {
  if (type === undefined || encap === undefined) return undefined;
  const read = readers[type];
  if (!read || encap instanceof Uint8Array) return { type: "unknown", number: String(type) };
  return withoutUndefined(read(encap, names));
}

const readers: Readonly<Record<string, (encap: object, names: Names) => Encap>> = {
  mpls: ({ dst = "", ttl }: MplsEncap) => ({ type: "mpls", dst, ttl: ttl || undefined }) as Encap,
  ip: (encap: IpEncap) => ({ type: "ip", ...tunnel(encap), ttl: encap.ttl, tos: encap.tos }) as Encap,
  ip6: (encap: Ip6Encap) =>
    ({ type: "ip6", ...tunnel(encap), hoplimit: encap.hoplimit, tc: encap.tc }) as Encap,
  ila: ({ locator = 0n, csumMode, identType, hookType }: IlaEncap) =>
    ({
      type: "ila",
      locator: [48n, 32n, 16n, 0n].map((bit) => ((locator >> bit) & 0xffffn).toString(16)).join(":"),
      csumMode: csumMode === "adjust-transport" ? "adj-transport" : text(csumMode),
      identType: text(identType),
      hookType: text(hookType)?.replace("route-", ""),
    }) as Encap,
  seg6: ({ srh }: Seg6Encap) =>
    ({ type: "seg6", mode: text(srh?.mode)?.replace("-", "."), ...(srh && segmentsOf(srh)) }) as Encap,
  "seg6-local": (encap: Seg6LocalEncap, names) => {
    const { action, srh, table, vrftable, nh4, nh6, iif, oif, counters, flavors } = encap;
    const known = Object.keys(seg6Actions).find((word) => seg6Actions[word] === action);
    return {
      type: "seg6local",
      action: known ?? String(action),
      srh: srh && segmentsOf(srh),
      table: table === undefined ? undefined : tableName(table),
      vrftable: vrftable === undefined ? undefined : tableName(vrftable),
      nh4,
      nh6,
      iif: iif === undefined ? undefined : nameOf(names, iif),
      oif: oif === undefined ? undefined : nameOf(names, oif),
      flavors: flavors?.operation?.map(String),
      lblen: flavors?.lcblockBits,
      nflen: flavors?.lcnodeFnBits,
      stats64: counters && {
        packets: Number(counters.packets ?? 0),
        bytes: Number(counters.bytes ?? 0),
        errors: Number(counters.errors ?? 0),
      },
    } as Encap;
  },
  rpl: ({ srh }: RplEncap) => ({ type: "rpl", segs: srh?.segments.toReversed() ?? [] }),
  xfrm: ({ ifId = 0, link }: XfrmEncap, names) =>
    ({ type: "xfrm", ifId, linkDev: link ? nameOf(names, link) : undefined }) as Encap,
  ioam6: ({ mode, src, dst, trace, freqK, freqN }: Ioam6Encap) =>
    ({
      type: "ioam6",
      freqk: freqK,
      freqn: freqN,
      mode: text(mode),
      tunsrc: src,
      tundst: dst,
      trace: trace && {
        type: `0x${(trace.type >>> TRACE_SHIFT).toString(16).padStart(6, "0")}`,
        ns: trace.namespaceId,
        size: trace.remlen * 4,
      },
    }) as Encap,
  bpf: ({ in: first, out, xmit, xmitHeadroom }: BpfEncap) =>
    ({ type: "bpf", in: first, out, xmit, headroom: xmitHeadroom }) as Encap,
};

const text = (word: string | number | undefined) => (word === undefined ? undefined : String(word));

function tunnel({ id, src, dst, flags, opts }: IpEncap | Ip6Encap): object {
  return {
    id: id === undefined ? undefined : Number(id),
    src,
    dst,
    key: flags?.includes("key") || undefined,
    csum: flags?.includes("csum") || undefined,
    seq: flags?.includes("seq") || undefined,
    ...(opts && readOptions(opts)),
  };
}

function readOptions({ geneve, vxlan, erspan }: TunnelOpts): TunnelOptions {
  const options: TunnelOptions = {};
  if (geneve) {
    options.geneveOpts = geneve.flatMap(({ class: classes = [], type = [], data = [] }) =>
      classes.map((number, index) => ({
        class: number,
        type: type[index] ?? 0,
        data: Buffer.from(data[index] ?? []).toString("hex"),
      })),
    );
  }
  if (vxlan) options.vxlanOpts = [{ gbp: vxlan.gbp ?? 0 }];
  if (erspan) {
    const { ver = 0, index = 0, dir = 0, hwid = 0 } = erspan;
    options.erspanOpts = [{ ver, index, dir, hwid }];
  }
  return options;
}

function segmentsOf({ segments, tlvs }: Srh): Segments {
  const segs = segments.toReversed();
  if (tlvs?.[0] !== HMAC.type || tlvs.length < HMAC.size) return { segs };
  const key = new DataView(tlvs.buffer, tlvs.byteOffset).getUint32(HMAC.keyAt);
  return { segs, hmac: `0x${key.toString(16)}` };
}
