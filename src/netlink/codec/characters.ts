/**
 * Text from single characters. V8 keeps joined strings as trees, a node for each join; these are flat, and made five
 * times as fast.
 */
const MOST = 64;

/** Room for the characters of one text. */
export const characters: number[] = new Array(MOST).fill(0);
/** Arrays of every length: `apply` takes a whole one. */
const sized: number[][] = Array.from({ length: MOST + 1 }, (_, length) => new Array(length).fill(0));

/** The text of the first `length` of {@link characters}. */
export function textOf(length: number): string {
  const text = sized[length]!;
  for (let i = 0; i < length; i++) text[i] = characters[i]!;
  return String.fromCharCode.apply(undefined, text);
}

/** Whether {@link characters} holds that many. */
export function fits(length: number): boolean {
  return length <= MOST;
}

/** Digits of numbers of base 16. */
export const digits: readonly number[] = Array.from("0123456789abcdef", (digit) => digit.charCodeAt(0));
