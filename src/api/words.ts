/**
 * The words of iproute2 beside the kernel's.
 *
 * `rtnl` has the names of the kernel's specs; here stand the fields for which `ip -j` and `bridge -j` print another.
 * Every other field has one name in both. A 64-bit number is a bigint in `rtnl` and a number here: exact up to 2^53.
 */

/** What iproute2 says → the kernel's name. */
export type Words = Readonly<Record<string, string>>;

/** The same value without bigints. */
export type Plain<T> = T extends bigint
  ? number
  : T extends Uint8Array | string | number | boolean | undefined | null
    ? T
    : T extends readonly (infer E)[]
      ? Plain<E>[]
      : T extends object
        ? { [K in keyof T]: Plain<T[K]> }
        : T;

/** `T` with the keys that {@link Words} names renamed. */
export type InWords<T, W extends Words> = Plain<
  Omit<T, W[keyof W]> & { [K in keyof W & string]?: W[K] extends keyof T ? T[W[K]] : never }
>;

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Uint8Array || typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plain);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** A decoded object in iproute2's words. */
export function inWords<T extends object, const W extends Words>(value: T, words: W): InWords<T, W> {
  const renamed = new Map(Object.entries(words).map(([word, name]) => [name, word]));
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [renamed.get(name) ?? name, plain(inner)]),
  ) as InWords<T, W>;
}

/** The kernel's names for what was given in iproute2's words. */
export function fromWords(value: object, words: Words): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([word, inner]) => [words[word] ?? word, inner]));
}

/** The path of a field in the kernel's names as the caller wrote it. */
export function pathInWords(path: string, words: Words): string {
  for (const [word, name] of Object.entries(words)) {
    if (path === name) return word;
    if (path.startsWith(`${name}.`) || path.startsWith(`${name}[`)) return word + path.slice(name.length);
  }
  return path;
}

/** The object without the fields that are undefined. */
export function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}

/** `LOWERLAYERDOWN` for `lowerlayerdown`. */
export function upper(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value).toUpperCase();
}
