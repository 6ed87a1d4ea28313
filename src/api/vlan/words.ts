import { InputError } from "../../netlink/errors.ts";
import type { Words } from "../words.ts";

/** What `bridge vlan global` says → the kernel's name. */
export const globalWords = {
  mcastLastMemberCount: "mcastLastMemberCnt",
  mcastLastMemberInterval: "mcastLastMemberIntvl",
  mcastStartupQueryCount: "mcastStartupQueryCnt",
  mcastStartupQueryInterval: "mcastStartupQueryIntvl",
  mcastMembershipInterval: "mcastMembershipIntvl",
  mcastQuerierInterval: "mcastQuerierIntvl",
  mcastQueryInterval: "mcastQueryIntvl",
  mcastQueryResponseInterval: "mcastQueryResponseIntvl",
} as const satisfies Words;

/** Paths in a request beside what the caller gave. */
export const vlanPaths = { dev: "ifindex" } as const satisfies Words;

/** One VLAN, or all from one to another. */
export interface VlanRange {
  /** 1 to 4094. */
  vid: number;
  /** The last one of a range. */
  vidEnd?: number;
}

/** Refuses what is no VLAN; the kernel would cut it. */
export function checkRange({ vid, vidEnd }: VlanRange): void {
  checkVid("vid", vid, 1);
  if (vidEnd !== undefined) checkVid("vidEnd", vidEnd, vid);
}

function checkVid(field: string, value: unknown, low: number): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= low && value <= 4094) return;
  throw new InputError(field, `an integer ${low} to 4094`, value);
}
