import type { Rtnexthop } from "../../../rtnl/route/index.ts";
import type { Dev } from "../../session.ts";

const fields = ["oif", "iif", "linkDev"];

interface WithDevs {
  readonly dev?: Dev;
  readonly encap?: object;
}

/** Links that a hop names, itself or in its encapsulation, and where. */
export function namedDevs(hop: WithDevs | undefined, prefix: string): [dev: string, field: string][] {
  const found: [string, string][] = [];
  if (typeof hop?.dev === "string") found.push([hop.dev, `${prefix}dev`]);
  for (const field of fields) {
    const dev = (hop?.encap as Readonly<Record<string, unknown>> | undefined)?.[field];
    if (typeof dev === "string") found.push([dev, `${prefix}encap.${field}`]);
  }
  return found;
}

/** Indexes of links in an encapsulation. */
export function encapLinks({ encap }: Pick<Rtnexthop, "encap">): number[] {
  if (encap === undefined || encap instanceof Uint8Array) return [];
  const { iif, oif, link } = encap as { iif?: number; oif?: number; link?: number };
  return [iif, oif, link].filter((index) => index !== undefined);
}
