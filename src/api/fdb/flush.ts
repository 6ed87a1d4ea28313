import { InputError } from "../../netlink/errors.ts";
import type { Neigh as RtnlNeigh } from "../../rtnl/neigh/index.ts";
import { flagsGiven } from "../flag-words.ts";
import type { Dev } from "../session.ts";
import { flushFlags } from "./words.ts";
import { checkNumbers, type FdbDestination, type FdbPlace, place } from "./write.ts";

/**
 * Which entries of one database to delete. Of the booleans `true` takes those that are so, `false` those that are not
 * (`nopermanent` of bridge(8)).
 */
export interface FdbFlush extends FdbPlace, Omit<FdbDestination, "via"> {
  /** Of a bridge: those that point at this port. */
  brport?: Dev;
  vlan?: number;
  permanent?: boolean;
  static?: boolean;
  dynamic?: boolean;
  addedByUser?: boolean;
  externLearn?: boolean;
  sticky?: boolean;
  offloaded?: boolean;
  router?: boolean;
}

type Bits = Map<"permanent" | "noarp", boolean>;

/** What each word says of the two state bits; an entry with neither is dynamic. */
const stateWords = {
  permanent: { true: { permanent: true }, false: { permanent: false } },
  static: { true: { permanent: false, noarp: true }, false: { noarp: false } },
  dynamic: { true: { permanent: false, noarp: false }, false: { noarp: true } },
} as const;

/** The bulk deletion in the kernel's words: bits, and masks that say which of them count. */
export function writeFlush(given: FdbFlush, brport: number | undefined): Partial<RtnlNeigh> {
  const { self, master, brport: _brport, nhid, ...rest } = given;
  const { permanent, static: fixed, dynamic, ...flagged } = rest;
  const { addedByUser, externLearn, sticky, offloaded, router, ...same } = flagged;
  checkNumbers(given);
  const states = stateBits({ permanent, static: fixed, dynamic });
  const flags = flagsGiven({ addedByUser, externLearn, sticky, offloaded, router }, flushFlags);
  const set = <T>(entries: readonly (readonly [T, boolean])[]) =>
    entries.filter(([, wanted]) => wanted).map(([bit]) => bit);
  return {
    ...same,
    ndmFamily: "bridge",
    ndmState: set(states),
    ndmFlags: [...place({ self, master }), ...set(flags)],
    ndmStateMask: states.length > 0 ? states.map(([bit]) => bit) : undefined,
    ndmFlagsMask: flags.length > 0 ? flags.map(([flag]) => flag) : undefined,
    ifindex: brport,
    nhId: nhid,
  };
}

function stateBits(given: { [K in keyof typeof stateWords]?: boolean }) {
  const bits: Bits = new Map();
  for (const [word, wanted] of flagsGiven(given, {
    permanent: "permanent",
    static: "static",
    dynamic: "dynamic",
  })) {
    for (const [bit, value] of Object.entries(stateWords[word][`${wanted}`])) {
      const known = bits.get(bit as "noarp");
      if (known !== undefined && known !== value) {
        throw new InputError(word, "no contradiction to permanent, static or dynamic", wanted);
      }
      bits.set(bit as "noarp", value);
    }
  }
  return [...bits];
}
