/** Words of statements that have flags or codes. */
import { InputError } from "../../netlink/errors.ts";
import type { NatRangeFlag } from "../../nft/expressions/nat-range-flags.ts";
import type { Expr } from "../../nft/index.ts";
import { type Datatype, datatypes } from "./datatypes.ts";

/** The kernel's name of each of nft's flags. */
const natWords = {
  random: "proto-random",
  "fully-random": "proto-random-fully",
  persistent: "persistent",
  netmap: "netmap",
} as const satisfies Record<string, NatRangeFlag>;

type LogFlag = NonNullable<NonNullable<Extract<Expr, { name: "log" }>["data"]>["flags"]>[number];

const logWords = {
  "tcp sequence": "tcpseq",
  "tcp options": "tcpopt",
  "ip options": "ipopt",
  skuid: "uid",
  ether: "macdecode",
} as const satisfies Record<string, LogFlag>;

function translated<T>(
  words: Readonly<Record<string, T>>,
  given: string | readonly string[] | undefined,
  path: string,
): T[] {
  return [given ?? []].flat().map((word) => {
    const found = words[word];
    if (found === undefined) throw new InputError(path, `of ${Object.keys(words).join(", ")}`, word);
    return found;
  });
}

export const natFlags = (flags: string | readonly string[] | undefined, path: string): NatRangeFlag[] =>
  translated(natWords, flags, path);

export function logFlags(flags: string | readonly string[], path: string): LogFlag[] {
  return flags === "all" ? Object.values(logWords) : translated(logWords, flags, path);
}

/** One flag stands by itself, several as an array, as nft prints them. */
function inWords<T>(
  words: Readonly<Record<string, T>>,
  flags: readonly T[] | undefined,
): string | string[] | undefined {
  const found = Object.entries(words)
    .filter(([, flag]) => flags?.includes(flag))
    .map(([word]) => word);
  return found.length > 1 ? found : found[0];
}

export const natFlagsInWords = (flags: readonly NatRangeFlag[] | undefined): string | string[] | undefined =>
  inWords<NatRangeFlag>(natWords, flags);

export function logFlagsInWords(flags: readonly LogFlag[] | undefined): string | string[] | undefined {
  const words = inWords<LogFlag>(logWords, flags);
  return Array.isArray(words) && words.length === Object.keys(logWords).length ? "all" : words;
}

interface RejectType {
  readonly type: "icmp-unreach" | "tcp-rst" | "icmpx-unreach";
  readonly code?: Datatype;
  readonly nfproto?: "ipv4" | "ipv6";
}

export const rejectTypes: Readonly<Record<string, RejectType>> = {
  "tcp reset": { type: "tcp-rst" },
  icmp: { type: "icmp-unreach", code: datatypes.icmp_code, nfproto: "ipv4" },
  icmpv6: { type: "icmp-unreach", code: datatypes.icmpv6_code, nfproto: "ipv6" },
  icmpx: { type: "icmpx-unreach", code: datatypes.icmpx_code },
};
