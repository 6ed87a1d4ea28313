import type { FlagWords } from "../flag-words.ts";
import type { Words } from "../words.ts";

/** Paths in a request beside what the caller gave. */
export const neighPaths = {
  dev: "ndmIfindex",
  state: "ndmState",
  family: "ndmFamily",
} as const satisfies Words;

/** NTF_* that can be given. */
export const givenFlags = {
  use: "use",
  router: "router",
  proxy: "proxy",
  externLearn: "ext-learned",
} as const satisfies FlagWords;

/** NTF_* that are listed. */
export const listedFlags = {
  router: "router",
  proxy: "proxy",
  externLearn: "ext-learned",
  offload: "offloaded",
} as const satisfies FlagWords;

/** NTF_EXT_* */
export const extFlags = { managed: "managed", externValid: "ext-validated" } as const satisfies FlagWords;
