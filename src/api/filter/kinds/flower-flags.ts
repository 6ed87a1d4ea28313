import { InputError } from "../../../netlink/errors.ts";

/** Flags that must be set, and must not: the bits and which of them are meant. */
export function writeFlags(name: string, given: object | undefined, path: string): object {
  if (given === undefined) return {};
  const entries = Object.entries(given).filter(([, wanted]) => wanted !== undefined);
  for (const [word, wanted] of entries) {
    if (typeof wanted !== "boolean") throw new InputError(`${path}.${word}`, "a boolean", wanted);
  }
  return {
    [name]: entries.filter(([, wanted]) => wanted).map(([flag]) => flag),
    [`${name}Mask`]: entries.map(([flag]) => flag),
  };
}

export function readFlags(
  flags: readonly unknown[] = [],
  mask: readonly unknown[] | undefined,
): Record<string, boolean> | undefined {
  if (mask === undefined || mask.length === 0) return undefined;
  return Object.fromEntries(mask.map((flag) => [String(flag), flags.includes(flag)]));
}

/** States of a connection, as tc writes them. */
const STATES = {
  new: "new",
  est: "established",
  rel: "related",
  trk: "tracked",
  inv: "invalid",
  rpl: "reply",
} as const;
const EXPECTED = "states with + or - before each: new, est, rel, trk, inv, rpl";

/** `+trk+est-new` */
export function writeState(text: string | undefined, path: string): object {
  if (text === undefined) return {};
  const parts = typeof text === "string" ? [...text.matchAll(/([+-])([a-z]+)/g)] : [];
  const states = parts.map(([, sign, word]) => {
    if (!Object.hasOwn(STATES, word!)) throw new InputError(path, EXPECTED, text);
    return { set: sign === "+", state: STATES[word as keyof typeof STATES] };
  });
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== text)
    throw new InputError(path, EXPECTED, text);
  return {
    keyCtState: states.filter(({ set }) => set).map(({ state }) => state),
    keyCtStateMask: states.map(({ state }) => state),
  };
}

export function readState(
  set: readonly unknown[] = [],
  mask: readonly unknown[] | undefined,
): string | undefined {
  if (mask === undefined || mask.length === 0) return undefined;
  return Object.entries(STATES)
    .filter(([, state]) => mask.includes(state))
    .map(([word, state]) => `${set.includes(state) ? "+" : "-"}${word}`)
    .join("");
}
