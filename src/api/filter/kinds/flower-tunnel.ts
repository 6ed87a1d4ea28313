import type { FlowerAttrs } from "../../../rtnl/tc/filters/flower.ts";
import type { FlowerKeyEncOptsAttrs } from "../../../rtnl/tc/filters/flower-tunnel.ts";
import { readTunnelOptions, type TunnelOptions, writeTunnelOptions } from "../../tc/tunnel-options.ts";
import type { Plain } from "../../words.ts";

type Opts = Plain<FlowerKeyEncOptsAttrs>;

interface AllOptions extends TunnelOptions {
  gtpOpts?: Opts["gtp"];
  pfcpOpts?: Opts["pfcp"];
}

type WithMasks<T> = T & { [K in keyof T as `${K & string}Mask`]?: T[K] };

/** Options of a tunnel's header, and which bits of them count: default all. Masks are read where they are given. */
export interface FlowerTunnel extends WithMasks<AllOptions> {}

function write(given: AllOptions): object | undefined {
  const { gtpOpts, pfcpOpts } = given;
  const options = writeTunnelOptions(given);
  if (options === undefined && gtpOpts === undefined && pfcpOpts === undefined) return undefined;
  return { ...options, gtp: gtpOpts, pfcp: pfcpOpts };
}

/** The mask of options all of whose bits count. */
function exact({ geneveOpts, vxlanOpts, erspanOpts, gtpOpts, pfcpOpts }: AllOptions): AllOptions {
  return {
    geneveOpts: geneveOpts?.map(({ data }) => ({
      class: 0xffff,
      type: 0xff,
      data: new Uint8Array(data.length).fill(0xff),
    })),
    vxlanOpts: vxlanOpts && { gbp: 0xffffffff },
    // The kernel wants the version itself.
    erspanOpts:
      erspanOpts &&
      (erspanOpts.ver === 2 ? { ver: 2, dir: 0xff, hwid: 0xff } : { ver: erspanOpts.ver, index: 0xffffffff }),
    gtpOpts: gtpOpts && { pduType: 0xff, qfi: 0xff },
    pfcpOpts: pfcpOpts && { type: 0xff, seid: ALL },
  };
}

/** All ones in 64 bits, which a number cannot be. */
const ALL = 0xffffffffffffffffn as unknown as number;

const words = ["geneveOpts", "vxlanOpts", "erspanOpts", "gtpOpts", "pfcpOpts"] as const;

export function writeTunnel(keys: FlowerTunnel): object {
  const all = exact(keys);
  const mask = Object.fromEntries(words.map((word) => [word, keys[`${word}Mask`] ?? all[word]]));
  return { keyEncOpts: write(keys), keyEncOptsMask: write(mask) };
}

function read(options: Opts | undefined): AllOptions {
  return { ...readTunnelOptions(options), gtpOpts: options?.gtp, pfcpOpts: options?.pfcp };
}

export function readTunnel(options: Plain<FlowerAttrs>): FlowerTunnel {
  const keys = read(options.keyEncOpts);
  const masks = read(options.keyEncOptsMask);
  const some = words.filter((word) => masks[word] !== undefined && !allOnes(masks[word]));
  return { ...keys, ...Object.fromEntries(some.map((word) => [`${word}Mask`, masks[word]])) };
}

/** As {@link exact} makes it; versions of ERSPAN are not compared, and what its other version has is zero. */
function allOnes(mask: unknown): boolean {
  if (Array.isArray(mask)) return mask.every(allOnes);
  if (mask instanceof Uint8Array) return mask.every((byte) => byte === 0xff);
  return Object.entries(mask as object).every(
    ([field, value]) =>
      field === "ver" ||
      (typeof value === "object" ? allOnes(value) : ONES.has(field) && ONES.get(field) === value),
  );
}

const ONES = new Map<string, number>([
  ["class", 0xffff],
  ["type", 0xff],
  ["gbp", 0xffffffff],
  ["index", 0xffffffff],
  ["dir", 0xff],
  ["hwid", 0xff],
  ["pduType", 0xff],
  ["qfi", 0xff],
  ["seid", Number(0xffffffffffffffffn)],
]);
