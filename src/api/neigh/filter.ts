import { parseIp } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { Neigh as RtnlNeigh } from "../../rtnl/neigh/index.ts";
import { refuseOthers } from "../filter.ts";
import { type IpFamily, isWithin, parsePrefix } from "../prefix.ts";
import type { Dev } from "../session.ts";
import { type NeighState, neighStates } from "./write.ts";

/** Which neighbours. */
export interface NeighFilter {
  dev?: Dev;
  /** Default: both. */
  family?: IpFamily;
  /** In one of these states. Default: as `ip neigh`, which passes over some: see the verbs. */
  state?: NeighState | readonly NeighState[] | "all";
  /** A prefix that the address is in. */
  to?: string;
  /** Entries of proxies instead of neighbours. */
  proxy?: boolean;
  /** On members of this bridge, bond, VRF …; `null`: of none (`nomaster`). */
  master?: Dev | null;
  /** On members of this VRF. */
  vrf?: Dev;
  /** Only entries that nothing uses. */
  unused?: boolean;
}

export const filterWords: readonly string[] = [
  "dev",
  "family",
  "state",
  "to",
  "proxy",
  "master",
  "vrf",
  "unused",
];

export type Test = (neigh: RtnlNeigh) => boolean;

/** What `ip neigh show` prints. */
export const listedByDefault: Test = ({ ndmState, ndmFlags }) =>
  ndmFlags.includes("proxy") ||
  ndmFlags.includes("ext-learned") ||
  ndmState.some((state) => state !== "noarp");

/** What `ip neigh flush` deletes. */
export const flushedByDefault: Test = ({ ndmState, ndmFlags }) =>
  ndmFlags.includes("proxy") || ndmState.some((state) => state !== "noarp" && state !== "permanent");

/**
 * The part of a filter that the kernel leaves to its callers.
 *
 * @param byDefault - what passes where the filter names no state.
 */
export function neighTest(filter: NeighFilter, byDefault: Test): Test {
  const {
    dev: _dev,
    family,
    state,
    to,
    proxy: _proxy,
    master: _master,
    vrf: _vrf,
    unused,
    ...others
  } = filter;
  refuseOthers(others, filterWords);
  if (family !== undefined && family !== "inet" && family !== "inet6") {
    throw new InputError("family", "inet or inet6", family);
  }
  const tests = [state === undefined ? byDefault : stateTest([state].flat())];
  if (to !== undefined) {
    const prefix = parsePrefix(to, "to");
    tests.push(({ dst }) => dst !== undefined && isWithin(parseIp(dst)!, prefix));
  }
  if (unused) tests.push((neigh) => !neigh.cacheinfo?.refcnt);
  return (neigh) => tests.every((test) => test(neigh));
}

function stateTest(wanted: readonly (NeighState | "all")[]): Test {
  for (const word of wanted) {
    if (word !== "all" && !neighStates.includes(word))
      throw new InputError("state", `all, or some of ${neighStates.join(", ")}`, word);
  }
  if (wanted.includes("all")) return () => true;
  return ({ ndmState }) =>
    ndmState.length === 0
      ? wanted.includes("none")
      : ndmState.some((state) => (wanted as readonly unknown[]).includes(state));
}
