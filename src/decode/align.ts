/** Which elements of two lists belong together. */

export interface Alignable {
  /** Only elements with the same key can be a pair. */
  readonly key: string;
  /** Equal elements have the same. */
  readonly fingerprint: string;
}

/** Comparisons for one key; beyond, elements are paired as they follow one another. */
const MANY = 4_000_000;

type Pair<T> = readonly [a: T | undefined, b: T | undefined];

/** Pairs in the order of `a`; an element that only `b` has follows the one before it there. */
export function align<T extends Alignable>(a: readonly T[], b: readonly T[]): Pair<T>[] {
  const partners = new Map<T, T>();
  const ofKey = byKey(b);
  for (const [key, left] of byKey(a)) pair(left, ofKey.get(key) ?? [], partners);
  const taken = new Set(partners.values());
  const behind = new Map<T | undefined, T[]>();
  const first = new Map([...partners].map(([one, other]) => [other, one]));
  let last: T | undefined;
  for (const other of b) {
    if (taken.has(other)) last = first.get(other);
    else if (behind.has(last)) behind.get(last)!.push(other);
    else behind.set(last, [other]);
  }
  const alone = (one: T | undefined): Pair<T>[] => (behind.get(one) ?? []).map((other) => [undefined, other]);
  return [...alone(undefined), ...a.flatMap((one): Pair<T>[] => [[one, partners.get(one)], ...alone(one)])];
}

function byKey<T extends Alignable>(all: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const element of all) {
    const list = map.get(element.key);
    if (list) list.push(element);
    else map.set(element.key, [element]);
  }
  return map;
}

/** Equal elements in the same order are pairs, and between two of them those that follow one another. */
function pair<T extends Alignable>(a: readonly T[], b: readonly T[], partners: Map<T, T>): void {
  let nextA = 0;
  let nextB = 0;
  const upTo = (endA: number, endB: number): void => {
    while (nextA < endA && nextB < endB) partners.set(a[nextA++]!, b[nextB++]!);
    nextA = endA;
    nextB = endB;
  };
  for (const [i, j] of equals(a, b)) {
    upTo(i, j);
    partners.set(a[i]!, b[j]!);
    nextA = i + 1;
    nextB = j + 1;
  }
  upTo(a.length, b.length);
}

/** The longest common subsequence. */
function equals(a: readonly Alignable[], b: readonly Alignable[]): [number, number][] {
  if (a.length * b.length > MANY) return [];
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const isEqual = (i: number, j: number): boolean => a[i]!.fingerprint === b[j]!.fingerprint;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const here = i * width + j;
      longest[here] = isEqual(i, j)
        ? longest[here + width + 1]! + 1
        : Math.max(longest[here + width]!, longest[here + 1]!);
    }
  }
  const found: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (isEqual(i, j)) found.push([i++, j++]);
    else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++;
    else j++;
  }
  return found;
}
