/** What the filters of listings have in common. */
import { InputError } from "../netlink/errors.ts";

/** Refuses the keys that are left when a filter's own were taken out. */
export function refuseOthers(others: object, known: readonly string[]): void {
  for (const [key, value] of Object.entries(others)) {
    if (value !== undefined) throw new InputError(key, `one of ${known.join(", ")}`, value);
  }
}

/** The rest of an object, without these keys. */
export function without(object: object, keys: readonly string[]): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}

/** Refuses a filter without conditions: what deletes should be told what. */
export function refuseEmpty(filter: object, known: readonly string[]): void {
  if (Object.values(filter).some((value) => value !== undefined)) return;
  throw new InputError("filter", `a filter with one of ${known.join(", ")}`, filter);
}
