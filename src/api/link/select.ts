/** Which links, and what is on which links: the conditions that listings of links, addresses and others share. */
import { InputError } from "../../netlink/errors.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { listLinks, type Link as RtnlLink } from "../../rtnl/link/index.ts";
import { groupNumber } from "../names.ts";
import type { Dev, Session } from "../session.ts";

export interface LinkSelector {
  /** `vlan`, `bridge` … (`type` in `ip`). */
  kind?: string;
  /** The kind of their master, that they are members of: `type bridge_slave` in `ip`. */
  slaveKind?: string;
  /** Members of this bridge, bond, VRF …; `null`: of none (`nomaster`). */
  master?: Dev | null;
  /** Members of this VRF. */
  vrf?: Dev;
  up?: boolean;
  group?: string | number;
}

export const selectorWords: readonly (keyof LinkSelector)[] = [
  "kind",
  "slaveKind",
  "master",
  "vrf",
  "up",
  "group",
];

/** The links that a selector lets through; without conditions all of them. */
export async function selectLinks(
  session: Session,
  selector: LinkSelector,
  extMask: RtnlLink["extMask"],
  options: RequestOptions | undefined,
): Promise<RtnlLink[]> {
  const { kind, slaveKind, up } = selector;
  const master = await masterIndex(session, selector, options);
  const group = selector.group === undefined ? undefined : groupNumber(selector.group, "group");
  const request = listLinks({
    extMask,
    master: master === null ? undefined : master,
    linkinfo: kind === undefined ? undefined : { kind },
  } as Partial<RtnlLink>);
  const links = await session.client.list(request, options);
  return links.filter(
    (link) =>
      (master !== null || !link.master) &&
      (slaveKind === undefined || link.linkinfo?.slaveKind === slaveKind) &&
      (group === undefined || link.group === group) &&
      (up === undefined || link.ifiFlags.includes("up") === up),
  );
}

/** Index of the master that a selector names; `null` for none, undefined for any. */
export async function masterIndex(
  session: Session,
  { master, vrf }: Pick<LinkSelector, "master" | "vrf">,
  options: RequestOptions | undefined,
): Promise<number | null | undefined> {
  if (vrf === undefined) {
    return master === undefined || master === null ? master : session.indexOf(master, "master", options);
  }
  if (master !== undefined) throw new InputError("vrf", "either a VRF or a master", vrf);
  return (await findVrf(session, vrf, options)).ifindex;
}

/** A VRF's link, and the routing table that it has. */
export async function findVrf(
  session: Session,
  vrf: Dev,
  options: RequestOptions | undefined,
): Promise<{ ifindex: number; table: number }> {
  const { ifiIndex, linkinfo } = await session.link(vrf, "vrf", options);
  const table =
    linkinfo?.kind === "vrf" ? (linkinfo.data as { table?: number } | undefined)?.table : undefined;
  if (table === undefined) throw new InputError("vrf", "the name or index of a VRF", vrf);
  return { ifindex: ifiIndex, table };
}
