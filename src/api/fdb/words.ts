import type { FlagWords } from "../flag-words.ts";
import type { Words } from "../words.ts";

/** Paths in a request beside what the caller gave. */
export const fdbPaths = {
  dev: "ndmIfindex",
  mac: "lladdr",
  via: "ifindex",
  nhid: "nhId",
  state: "ndmState",
} as const satisfies Words;

/** Which of the databases an entry is in. */
export const placeFlags = { self: "self", master: "master" } as const satisfies FlagWords;

/** NTF_* of an entry. */
export const entryFlags = {
  use: "use",
  router: "router",
  externLearn: "ext-learned",
  sticky: "sticky",
} as const satisfies FlagWords;

/** NTF_* that a flush can tell apart. */
export const flushFlags = {
  addedByUser: "use",
  externLearn: "ext-learned",
  sticky: "sticky",
  offloaded: "offloaded",
  router: "router",
} as const satisfies FlagWords;
