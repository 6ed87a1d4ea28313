import type { Explained } from "../netlink/codec/shape.ts";

/** A part of a message where it stands in the tree. */
export interface Visited {
  readonly part: Explained;
  /** `linkinfo.data.id`, `multipath[0].gateway` */
  readonly path: string;
  readonly depth: number;
}

/** Every part, parents before their children. */
export function* walk(parts: readonly Explained[], prefix = "", depth = 0): Generator<Visited, void> {
  for (const part of parts) {
    const path = prefix === "" || part.name.startsWith("[") ? prefix + part.name : `${prefix}.${part.name}`;
    yield { part, path, depth };
    if (part.children) yield* walk(part.children, path, depth + 1);
  }
}
