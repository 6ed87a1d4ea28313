/** Fields that are another every time. */
import type { Direction } from "../decode/explain.ts";
import type { Explained } from "../netlink/codec/shape.ts";

/**
 * - `indexes`: of links, and of namespaces
 * - `times`: timestamps, ages, timers
 * - `counters`: statistics
 * - `macs`: hardware addresses, and the IPv6 addresses and bridge ids made of them
 * - `states`: what follows a change a moment later: operational states of links, with what the kernel tells of their flags
 *   and queues
 * - `descriptors`: open files and process ids in a request
 */
export const volatileGroups = ["indexes", "times", "counters", "macs", "states", "descriptors"] as const;
export type VolatileGroup = (typeof volatileGroups)[number];

/** A group, a field's path in the message (`linkinfo.data.id`), or what paths look like. */
export type Volatile = VolatileGroup | (string & {}) | RegExp;

export interface Place {
  readonly path: string;
  readonly part: Explained;
  /** `RTM_NEWLINK` */
  readonly type: string;
  readonly direction?: Direction | undefined;
}

export type IsVolatile = (place: Place) => boolean;

const MAC = /^([\da-f]{2}:){5}[\da-f]{2}$/;

const groups: Readonly<Record<VolatileGroup, IsVolatile>> = {
  indexes: ({ path, part }) =>
    /(^|\.)(\w*[iI]f[iI]ndex|link|master|[io]if|iflink|\w*[nN]etnsid|nsid)$/.test(path) && isNumber(part),
  times: ({ path }) =>
    /(stamp|Timer|timer|expires|Expires|lastuse|reachableTime|Lft|Valid|Prefered|confirmed|used|updated|ndmUsed|\bage)$/i.test(
      path,
    ),
  counters: ({ path }) =>
    /(^|\.)(\w*[sS]tats(64|2|Basic|Queue)?|carrier\w*(Changes|Count)|icmp6stats|xstats|refcnt\w*)(\.|\[|$)/.test(
      path,
    ),
  macs: ({ part }) =>
    typeof part.value === "string" && (MAC.test(part.value) || /^fe80::|:\w+ff:fe/.test(part.value)),
  states: ({ path, direction }) =>
    /(^|\.)operstate$/.test(path) ||
    (direction === "received" && /^(ifiFlags|qdisc|afSpec\.inet6\.flags)$/.test(path)),
  descriptors: ({ path }) => /(^|\.)(netNsFd|netNsPid|fd|pid)$/.test(path),
};

const isNumber = ({ value }: Explained): boolean => typeof value === "number";

/** Whether a field is one of those chosen. */
export function volatileOf(chosen: readonly Volatile[]): IsVolatile {
  const tests = chosen.map((choice): IsVolatile => {
    if (choice instanceof RegExp) return ({ path }) => choice.test(path);
    if (Object.hasOwn(groups, choice)) return groups[choice as VolatileGroup];
    return ({ path }) => path === choice || path.startsWith(`${choice}.`) || path.startsWith(`${choice}[`);
  });
  return (place) => tests.some((test) => test(place));
}
