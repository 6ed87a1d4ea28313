import type { Neigh as RtnlNeigh } from "../../rtnl/neigh/index.ts";
import { flagsInWords } from "../flag-words.ts";
import { type LinkName, nameOf } from "../session.ts";
import { upper, withoutUndefined } from "../words.ts";
import { extFlags, listedFlags } from "./words.ts";

/** A neighbour as `ip -j -d neigh` prints it, in camelCase; flags that are `null` there are `true` here. */
export interface Neigh {
  /** IP address of the neighbour. */
  dst: string;
  /** Name of the link it is on. */
  dev: string;
  /** Hardware address, where it is known. */
  lladdr?: string;
  router?: boolean;
  proxy?: boolean;
  managed?: boolean;
  externLearn?: boolean;
  externValid?: boolean;
  /** Hardware knows it. */
  offload?: boolean;
  /** `["REACHABLE"]`; missing where there is none. */
  state?: string[];
  /** Who made it. */
  protocol?: string;
  /** What uses the entry; with `stats`, as the following. Missing for none. */
  refcnt?: number;
  /** Seconds since it was last used. */
  used?: number;
  /** Seconds since it was last known to be reachable. */
  confirmed?: number;
  /** Seconds since it last changed. */
  updated?: number;
  /** Unanswered requests. */
  probes?: number;
}

/** Hundredths of a second (USER_HZ) as whole seconds. */
export function wholeSeconds(hundredths: number | undefined): number | undefined {
  return hundredths === undefined ? undefined : Math.floor(hundredths / 100);
}

/** Puts a decoded neighbour into the words of `ip`. */
export function readNeigh(neigh: RtnlNeigh, names: ReadonlyMap<number, LinkName>, stats: boolean): Neigh {
  const { ndmState, cacheinfo } = neigh;
  return withoutUndefined<Neigh>({
    dst: neigh.dst ?? "",
    dev: nameOf(names, neigh.ndmIfindex),
    lladdr: neigh.lladdr,
    ...flagsInWords(neigh.ndmFlags, listedFlags),
    ...flagsInWords(neigh.flagsExt, extFlags),
    state: ndmState.length === 0 ? undefined : ndmState.map((state) => upper(state)!),
    protocol: neigh.protocol === undefined ? undefined : String(neigh.protocol),
    ...(stats && {
      refcnt: cacheinfo?.refcnt || undefined,
      used: wholeSeconds(cacheinfo?.used),
      confirmed: wholeSeconds(cacheinfo?.confirmed),
      updated: wholeSeconds(cacheinfo?.updated),
      probes: neigh.probes,
    }),
  });
}
