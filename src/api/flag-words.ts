import { InputError } from "../netlink/errors.ts";

/** A word of iproute2 → the kernel's flag. */
export type FlagWords<F extends string = string> = Readonly<Record<string, F>>;

/** The flags whose words are `true` in what was given. */
export function flagsFrom<F extends string>(given: object, words: FlagWords<F>): F[] {
  return flagsGiven(given, words)
    .filter(([, wanted]) => wanted)
    .map(([flag]) => flag);
}

/** The flags whose words were given, and what they are to be. */
export function flagsGiven<F extends string>(
  given: object,
  words: FlagWords<F>,
): [flag: F, wanted: boolean][] {
  const found: [F, boolean][] = [];
  for (const [word, flag] of Object.entries(words)) {
    const value = (given as Readonly<Record<string, unknown>>)[word];
    if (value === undefined) continue;
    if (typeof value !== "boolean") throw new InputError(word, "a boolean", value);
    found.push([flag, value]);
  }
  return found;
}

/** `{ word: true }` for every flag that is set. */
export function flagsInWords<W extends FlagWords>(
  flags: readonly unknown[] | undefined,
  words: W,
): { [K in keyof W]?: boolean } {
  const set = Object.entries(words).filter(([, flag]) => flags?.includes(flag));
  return Object.fromEntries(set.map(([word]) => [word, true])) as { [K in keyof W]?: boolean };
}
