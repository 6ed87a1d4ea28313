/** What `ip -j -d link` makes of the options that tunnels have in common. */
import { InputError } from "../../netlink/errors.ts";

/** Keys, checksums and sequence numbers of GRE: `iflags` and `oflags` say which of them count. */
export interface GreWords {
  /** Key of packets that come in. */
  ikey?: number;
  /** Key of packets that go out. */
  okey?: number;
  /** Packets that come in have sequence numbers. */
  iseq?: boolean;
  oseq?: boolean;
  /** Packets that come in have checksums. */
  icsum?: boolean;
  ocsum?: boolean;
}

/** UDP around the tunnel's packets. */
export interface EncapWords {
  encap?: {
    type: "fou" | "gue" | "mpls" | (number & {});
    /** UDP source port; 0 lets the kernel choose. */
    sport?: number;
    /** UDP destination port. */
    dport?: number;
    csum?: boolean;
    csum6?: boolean;
    remcsum?: boolean;
  };
}

/** Parts of the kernel's `flowinfo`. */
export interface FlowWords {
  /** IPv6 traffic class, 0 to 255. */
  tclass?: number;
  /** IPv6 flow label, 0 to 1048575. */
  flowlabel?: number;
}

type Kernels =
  | "iflags"
  | "oflags"
  | "ikey"
  | "okey"
  | "encapType"
  | "encapFlags"
  | "encapSport"
  | "encapDport"
  | "flowinfo";

/** `T` with the words above, where it has the kernel's fields for them. */
export type TunnelWords<T> = "encapType" extends keyof T
  ? Omit<T, Kernels> &
      EncapWords &
      ("iflags" extends keyof T ? GreWords : unknown) &
      ("flowinfo" extends keyof T ? FlowWords : unknown)
  : T;

type Fields = Readonly<Record<string, unknown>>;

const directions = ["i", "o"] as const;
const encapFlags = ["csum", "csum6", "remcsum"] as const;

/** The names of the bits whose words are true. */
function bits<B extends string>(words: Fields, names: readonly B[]): B[] {
  return names.filter((name) => words[name] === true);
}

/** The kernel's fields; `known` tells which of them the kind has. */
export function tunnelFromWords(given: Fields, known: (field: string) => boolean): Record<string, unknown> {
  const data: Record<string, unknown> = { ...given };
  const take = (word: string): unknown => {
    const value = data[word];
    delete data[word];
    return value;
  };
  if (known("iflags")) {
    for (const d of directions) {
      const words = { csum: take(`${d}csum`), key: data[`${d}key`] !== undefined, seq: take(`${d}seq`) };
      const flags = bits(words, ["csum", "key", "seq"]);
      if (flags.length > 0) data[`${d}flags`] = flags;
    }
  }
  if (known("encapType") && given.encap !== undefined) {
    const { type, sport, dport, ...rest } = take("encap") as NonNullable<EncapWords["encap"]>;
    Object.assign(data, { encapType: type, encapSport: sport, encapDport: dport });
    data.encapFlags = bits(rest, encapFlags);
  }
  if (known("flowinfo") && (given.tclass !== undefined || given.flowlabel !== undefined)) {
    const [tclass, label] = [take("tclass") ?? 0, take("flowlabel") ?? 0] as [number, number];
    data.flowinfo = part(tclass, 0xff, "data.tclass") * 2 ** 20 + part(label, 0xfffff, "data.flowlabel");
  }
  return data;
}

function part(value: number, max: number, path: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= max) return value;
  throw new InputError(path, `an integer 0 to ${max}`, value);
}

/** The words for what the kernel reported. */
export function tunnelInWords(reported: Fields): Record<string, unknown> {
  const {
    iflags,
    oflags,
    encapType,
    encapFlags: flags,
    encapSport,
    encapDport,
    flowinfo,
    ...rest
  } = reported;
  const words: Record<string, unknown> = rest;
  for (const [d, of] of [
    ["i", iflags],
    ["o", oflags],
  ] as const) {
    if (!Array.isArray(of)) continue;
    if (!of.includes("key")) delete words[`${d}key`];
    for (const name of ["csum", "seq"]) if (of.includes(name)) words[`${d}${name}`] = true;
  }
  if (encapType !== undefined && encapType !== "none") {
    const set = Object.fromEntries(encapFlags.map((name) => [name, (flags as string[]).includes(name)]));
    words.encap = { type: encapType, sport: encapSport, dport: encapDport, ...set };
  }
  if (typeof flowinfo === "number") {
    words.tclass = (flowinfo >>> 20) & 0xff;
    words.flowlabel = flowinfo & 0xfffff;
  }
  return words;
}
