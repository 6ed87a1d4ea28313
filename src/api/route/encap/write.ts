import { InputError } from "../../../netlink/errors.ts";
import type {
  BpfEncap,
  EncapType,
  IlaEncap,
  Ioam6Encap,
  IpEncap,
  RplEncap,
  Seg6Encap,
  Seg6LocalEncap,
  Srh,
  TunnelOpts,
} from "../../../rtnl/route/index.ts";
import { tableNumber } from "../../names.ts";
import type { IndexOf } from "../nexthop.ts";
import {
  type BpfWords,
  type EncapSettings,
  HMAC,
  type IlaWords,
  type Ioam6Words,
  type Ip6Words,
  type IpWords,
  type MplsWords,
  type RplWords,
  type Seg6LocalWords,
  type Seg6Words,
  type Segments,
  seg6Actions,
  TRACE_SHIFT,
  type TunnelOptions,
  type XfrmWords,
} from "./words.ts";

export type { EncapSettings } from "./words.ts";

type Writer = (words: never, at: string, indexOf: IndexOf) => object;

/**
 * What to put around packets, in the kernel's words.
 *
 * @param at - the field it was given in.
 */
export function writeEncap(
  encap: EncapSettings,
  at: string,
  indexOf: IndexOf,
): { encapType: EncapType; encap: never } {
  const types = Object.keys(writers);
  if (typeof encap !== "object" || encap === null || !types.includes(encap.type)) {
    throw new InputError(`${at}.type`, `one of ${types.join(", ")}`, encap?.type);
  }
  const { type, ...words } = encap;
  const value = writers[type]!(words as never, at, indexOf) as never;
  return { encapType: (type === "seg6local" ? "seg6-local" : type) as EncapType, encap: value };
}

// What is left of the words has the kernel's names: an unknown one is refused with its name when it is encoded.
const writers: Readonly<Record<string, Writer>> = {
  mpls: (words: Omit<MplsWords, "type">) => words,
  ip: (words: Omit<IpWords, "type">, at) => tunnel(words, at),
  ip6: (words: Omit<Ip6Words, "type">, at) => tunnel(words, at),
  ila: writeIla,
  seg6: writeSeg6,
  seg6local: writeSeg6Local,
  rpl: writeRpl,
  xfrm: ({ linkDev, ...same }: Omit<XfrmWords, "type">, at, indexOf) => ({
    ...same,
    link: linkDev === undefined ? undefined : indexOf(linkDev, `${at}.linkDev`),
  }),
  ioam6: writeIoam6,
  bpf: ({ headroom, ...same }: Omit<BpfWords, "type">): BpfEncap => ({
    ...same,
    xmitHeadroom: headroom,
  }),
};

function tunnel(
  words: Omit<IpWords, "type"> | Omit<Ip6Words, "type">,
  at: string,
): Pick<IpEncap, "id" | "flags" | "opts"> {
  const { id, key, csum, seq, geneveOpts, vxlanOpts, erspanOpts, ...same } = words;
  if (id !== undefined && !(Number.isSafeInteger(id) && id >= 0)) {
    throw new InputError(`${at}.id`, "an integer from 0 on", id);
  }
  const flags = Object.entries({ csum, key, seq }).flatMap(([flag, wanted]) => (wanted ? [flag] : []));
  const opts = writeOptions({ geneveOpts, vxlanOpts, erspanOpts }, at);
  return {
    ...same,
    id: id === undefined ? undefined : BigInt(id),
    flags: flags.length > 0 ? (flags as IpEncap["flags"]) : undefined,
    opts,
  };
}

type Options = { [K in keyof TunnelOptions]: TunnelOptions[K] | undefined };

function writeOptions({ geneveOpts, vxlanOpts, erspanOpts }: Options, at: string): TunnelOpts | undefined {
  if (!geneveOpts && !vxlanOpts && !erspanOpts) return undefined;
  return {
    geneve: geneveOpts?.map(({ data, ...option }, index) => {
      if (typeof data !== "string" || !/^([0-9a-f]{8})+$/i.test(data)) {
        throw new InputError(`${at}.geneveOpts[${index}].data`, "hexadecimal digits of 4, 8, … bytes", data);
      }
      const { class: number, type, ...others } = option;
      return { class: [number], type: [type], data: [Uint8Array.from(Buffer.from(data, "hex"))], ...others };
    }),
    vxlan: only(vxlanOpts, `${at}.vxlanOpts`),
    erspan: only(erspanOpts, `${at}.erspanOpts`),
  };
}

function only<T>(list: readonly T[] | undefined, field: string): T | undefined {
  if (list === undefined || list.length === 1) return list?.[0];
  throw new InputError(field, "an array of one", list);
}

function writeIla(words: Omit<IlaWords, "type">, at: string): IlaEncap {
  const { locator, csumMode, identType, hookType, ...others } = words;
  if (typeof locator !== "string" || !/^[0-9a-f]{1,4}(:[0-9a-f]{1,4}){3}$/i.test(locator)) {
    throw new InputError(`${at}.locator`, "64 bits such as 2001:db8:0:1", locator);
  }
  const number = locator.split(":").reduce((bits, word) => (bits << 16n) | BigInt(`0x${word}`), 0n);
  return {
    locator: number,
    csumMode: (csumMode === "adj-transport" ? "adjust-transport" : csumMode) as IlaEncap["csumMode"],
    identType: identType as IlaEncap["identType"],
    hookType: (hookType === undefined ? undefined : `route-${hookType}`) as IlaEncap["hookType"],
    ...others,
  };
}

function writeSeg6({ mode, segs, hmac, ...others }: Omit<Seg6Words, "type">, at: string): Seg6Encap {
  const how = typeof mode === "string" ? mode.replace(".", "-") : mode;
  const header = srhOf({ segs, hmac }, how === "inline", at);
  return { srh: { mode: how as never, ...header }, ...others };
}

function writeRpl({ segs, ...others }: Omit<RplWords, "type">, at: string): RplEncap {
  if (!Array.isArray(segs)) throw new InputError(`${at}.segs`, "an array of IPv6 addresses", segs);
  return { srh: { segments: segs.toReversed() }, ...others };
}

/**
 * @param open - the last segment is where a packet goes to anyway: the kernel fills it in.
 */
function srhOf({ segs, hmac }: { segs: string[]; hmac: Segments["hmac"] }, open: boolean, at: string): Srh {
  if (!Array.isArray(segs)) throw new InputError(`${at}.segs`, "an array of IPv6 addresses", segs);
  const segments = segs.toReversed();
  if (open && segments[0] !== "::") segments.unshift("::");
  if (hmac === undefined) return { segments };
  const key = Number(hmac);
  if (!Number.isInteger(key) || key < 0 || key > 0xffffffff) {
    throw new InputError(`${at}.hmac`, "the id of a key, 32 bits", hmac);
  }
  const tlvs = new Uint8Array(HMAC.size);
  tlvs.set([HMAC.type, HMAC.length]);
  new DataView(tlvs.buffer).setUint32(HMAC.keyAt, key);
  return { segments, flags: ["hmac"], tlvs };
}

function writeSeg6Local(
  words: Omit<Seg6LocalWords, "type"> & { count?: boolean },
  at: string,
  indexOf: IndexOf,
): Seg6LocalEncap {
  const { action, srh, table, vrftable, iif, oif, flavors, lblen, nflen, count, ...same } = words;
  if (!Object.hasOwn(seg6Actions, action)) {
    throw new InputError(`${at}.action`, `one of ${Object.keys(seg6Actions).join(", ")}`, action);
  }
  const hasFlavors = flavors !== undefined || lblen !== undefined || nflen !== undefined;
  const header = srh && srhOf({ segs: srh.segs, hmac: srh.hmac }, action === "End.B6", `${at}.srh`);
  return {
    action: seg6Actions[action] as NonNullable<Seg6LocalEncap["action"]>,
    srh: header,
    table: table === undefined ? undefined : tableNumber(table, `${at}.table`),
    vrftable: vrftable === undefined ? undefined : tableNumber(vrftable, `${at}.vrftable`),
    iif: iif === undefined ? undefined : indexOf(iif, `${at}.iif`),
    oif: oif === undefined ? undefined : indexOf(oif, `${at}.oif`),
    flavors: hasFlavors
      ? { operation: flavors as never, lcblockBits: lblen, lcnodeFnBits: nflen }
      : undefined,
    counters: count ? { packets: 0n, bytes: 0n, errors: 0n } : undefined,
    ...same,
  };
}

function writeIoam6(words: Omit<Ioam6Words, "type">, at: string): Ioam6Encap {
  const { freqk, freqn, mode = "inline", tunsrc, tundst, trace, ...others } = words;
  const { type, ns = 0, size } = trace ?? {};
  const bits = Number(type);
  if (type === undefined || !Number.isInteger(bits) || bits <= 0 || bits > 0xffffff) {
    throw new InputError(`${at}.trace.type`, "a trace type of 24 bits such as 0x800000", type);
  }
  if (size === undefined || !Number.isInteger(size / 4) || size < 4 || size > 244) {
    throw new InputError(`${at}.trace.size`, "bytes, a multiple of 4 up to 244", size);
  }
  return {
    freqK: freqk ?? 1,
    freqN: freqn ?? 1,
    mode: mode as NonNullable<Ioam6Encap["mode"]>,
    src: tunsrc,
    dst: tundst,
    trace: { namespaceId: ns, nodelen: 0, remlen: size / 4, type: bits * (1 << TRACE_SHIFT) },
    ...others,
  };
}
