import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import type { Dev, LinkName, Session } from "../session.ts";
import type { Context } from "./rules.ts";

/** Links that options name, by the path of each. */
export type NamedLinks = readonly (readonly [dev: Dev, path: string])[];

/** For reading: names by index. */
export function linksOf(names: ReadonlyMap<number, LinkName>): Context {
  return { names, index: refuse };
}

/** For writing: the indexes of the links that were found in what is to be written. */
export async function resolveLinks(
  session: Session,
  found: NamedLinks,
  options: RequestOptions | undefined,
): Promise<Context> {
  const indexes = new Map<unknown, number>();
  for (const [dev, path] of found) {
    if (!indexes.has(dev)) indexes.set(dev, await session.indexOf(dev, path, options));
  }
  return { names: new Map(), index: (dev, path) => indexes.get(dev) ?? refuse(dev, path) };
}

/** Where no option names links. */
export const noLinks: Context = linksOf(new Map());

function refuse(dev: unknown, path: string): never {
  throw new InputError(path, "an interface's name or index", dev);
}
