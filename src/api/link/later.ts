import { InputError } from "../../netlink/errors.ts";
import type { LinkAdd, LinkSet, LinkSettings } from "./write.ts";

/** Settings of a new link that the kernel takes only once it is there. */
export interface LaterStep {
  readonly ifname: string;
  readonly isPeer: boolean;
  readonly settings: LinkSet;
}

/**
 * Parts the settings of a new link. What rtnl_create_link() (net/core/rtnetlink.c) passes over in silence follows in a
 * second request, as does bringing up a peer: the kernel brings it up before it has the other end (`ENOTCONN`).
 */
export function inTwoSteps(link: LinkAdd): { now: LinkAdd; later: LaterStep[] } {
  const { slaveKind, slaveData, peer, ...rest } = link as LinkAdd & {
    slaveKind?: string;
    slaveData?: object;
  };
  const later: LaterStep[] = [];
  const own = part(rest, false);
  const now = { ...own.now } as LinkAdd;
  const settings = { ...own.later, ...(slaveData === undefined ? {} : { slaveKind, slaveData }) } as LinkSet;
  if (Object.keys(settings).length > 0)
    later.push({ ifname: named(link, settings, ""), isPeer: false, settings });
  if (peer !== undefined) {
    const other = part(peer, true);
    now.peer = other.now;
    if (Object.keys(other.later).length > 0) {
      later.push({ ifname: named(peer, other.later, "peer."), isPeer: true, settings: other.later });
    }
  }
  return { now, later };
}

function part<T extends LinkSettings>(settings: T, isPeer: boolean): { now: T; later: LinkSettings } {
  const { ifalias, inet6AddrGenMode, protoDown, protoDownReason, carrier, vfinfoList, xdp, ...now } =
    settings;
  const later: LinkSettings = {
    ifalias,
    inet6AddrGenMode,
    protoDown,
    protoDownReason,
    carrier,
    vfinfoList,
    xdp,
  };
  if (isPeer) {
    later.up = now.up;
    delete now.up;
  }
  for (const key of Object.keys(later) as (keyof LinkSettings)[])
    if (later[key] === undefined) delete later[key];
  return { now: now as T, later };
}

function named(link: LinkSettings, settings: LinkSet, prefix: string): string {
  if (link.ifname !== undefined) return link.ifname;
  const field = Object.keys(settings).join(", ");
  throw new InputError(
    `${prefix}ifname`,
    `a name, because ${field} is set once the link is there`,
    undefined,
  );
}
