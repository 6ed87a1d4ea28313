import type { Addr as RtnlAddr } from "../../rtnl/addr/index.ts";

type Flag = Exclude<NonNullable<RtnlAddr["flags"]>[number], number>;

/** What can be asked of an address, by the word of ip-address(8). */
export const settableFlags = {
  nodad: "nodad",
  optimistic: "optimistic",
  home: "homeaddress",
  mngtmpaddr: "managetempaddr",
  noprefixroute: "noprefixroute",
  autojoin: "mcautojoin",
} as const satisfies Record<string, Flag>;

/** Flags of which IPv4 knows nothing. */
export const inet6Flags: ReadonlySet<string> = new Set(["nodad", "optimistic", "home", "mngtmpaddr"]);

/** What becomes of an address. */
const states = {
  deprecated: "deprecated",
  tentative: "tentative",
  dadfailed: "dadfailed",
  stablePrivacy: "stable-privacy",
} as const satisfies Record<string, Flag>;

const printed: readonly (readonly [word: FlagWord, flag: Flag])[] = Object.entries({
  ...settableFlags,
  ...states,
}) as [FlagWord, Flag][];

type FlagWord = keyof typeof settableFlags | keyof typeof states;

/** Flags that can be set, each `true` where it is to be set. */
export type SettableFlags = { [K in keyof typeof settableFlags]?: boolean };

/** Flags as `ip -j -d addr` prints them: `true` where they are set. */
export type AddrFlags = { [K in FlagWord]?: true } & {
  /** It came by itself or has a lifetime: it is not `permanent`. */
  dynamic?: true;
  /** IPv4: not the first address of its subnet. */
  secondary?: true;
  /** IPv6: made for privacy (RFC 8981), and replaced from time to time. */
  temporary?: true;
};

/** Flags that a listing can be asked for: those that are printed, and the opposites of two of them. */
export type FlagFilter = { [K in keyof AddrFlags | "permanent" | "primary"]?: boolean };

export const filterFlags: readonly (keyof FlagFilter)[] = [
  ...printed.map(([word]) => word),
  "dynamic",
  "permanent",
  "secondary",
  "primary",
  "temporary",
];

/** Bits of the address; the header has only eight. */
function flagsOf(addr: RtnlAddr): NonNullable<RtnlAddr["flags"]> {
  return addr.flags ?? addr.ifaFlags;
}

export function addrFlags(addr: RtnlAddr): AddrFlags {
  const flags = flagsOf(addr);
  const words: AddrFlags = {};
  if (flags.includes("secondary")) words[addr.ifaFamily === "inet6" ? "temporary" : "secondary"] = true;
  if (!flags.includes("permanent")) words.dynamic = true;
  if (flags.length === 1 && flags[0] === "permanent") return words;
  for (const [word, flag] of printed) if (flags.includes(flag)) words[word] = true;
  return words;
}

/** Whether the address has the flags that are `true` in the filter and lacks those that are `false`. */
export function matchesFlags(addr: RtnlAddr, wanted: FlagFilter): boolean {
  const words = addrFlags(addr);
  const has = (word: keyof FlagFilter): boolean => {
    if (word === "permanent") return words.dynamic === undefined;
    if (word === "primary") return words.secondary === undefined && words.temporary === undefined;
    return words[word] === true;
  };
  return Object.entries(wanted).every(
    ([word, value]) => value === undefined || has(word as keyof FlagFilter) === value,
  );
}
