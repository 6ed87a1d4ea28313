import { parseIp } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { Addr as RtnlAddr } from "../../rtnl/addr/index.ts";
import { rtScope } from "../../rtnl/scope.ts";
import { refuseOthers } from "../filter.ts";
import { scopeNumber } from "../names.ts";
import { type IpFamily, isWithin, parsePrefix } from "../prefix.ts";
import { type Dev, type LinkName, nameOf } from "../session.ts";
import { type FlagFilter, filterFlags, matchesFlags } from "./flags.ts";

/** Which addresses to list. Flags are `true` for those that have them, `false` for those that do not. */
export interface AddrFilter extends FlagFilter {
  dev?: Dev;
  /** Default: both. */
  family?: IpFamily;
  /** `global`, `site`, `link`, `host` or a number. */
  scope?: string | number;
  /** Whether the link is up. */
  up?: boolean;
  /** A label, or for an address without one the link's name, in which `*` and `?` stand for others. */
  label?: string;
  /** A prefix that the address is in. */
  to?: string;
}

export const filterWords: readonly string[] = ["dev", "family", "scope", "up", "label", "to", ...filterFlags];

type Test = (addr: RtnlAddr) => boolean;

/** The part of the filter that the kernel does not know. */
export function addrTest(filter: AddrFilter, names: ReadonlyMap<number, LinkName>): Test {
  const { dev: _dev, family, scope, up, label, to, ...rest } = filter;
  const flags: FlagFilter = {};
  const others: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    if ((filterFlags as readonly string[]).includes(key)) flags[key as keyof FlagFilter] = value as boolean;
    else others[key] = value;
  }
  refuseOthers(others, filterWords);
  if (family !== undefined && family !== "inet" && family !== "inet6") {
    throw new InputError("family", "inet or inet6", family);
  }
  // A family the kernel has other things than IP addresses for is none of ours.
  const tests: Test[] = [(addr) => addr.ifaFamily === "inet" || addr.ifaFamily === "inet6"];
  if (scope !== undefined) {
    const number = scopeNumber(scope, "scope");
    tests.push((addr) => rtScope.toNumber(addr.ifaScope) === number);
  }
  if (up !== undefined) tests.push((addr) => names.get(addr.ifaIndex)?.up === up);
  if (label !== undefined) {
    const pattern = patternOf(label);
    tests.push((addr) => pattern.test(addr.label ?? nameOf(names, addr.ifaIndex)));
  }
  if (to !== undefined) {
    const prefix = parsePrefix(to, "to");
    tests.push((addr) => isWithin(parseIp(addr.local ?? addr.address!)!, prefix));
  }
  if (Object.keys(flags).length > 0) tests.push((addr) => matchesFlags(addr, flags));
  return (addr) => tests.every((test) => test(addr));
}

function patternOf(label: string): RegExp {
  const escaped = label.replace(/[\\^$.|+()[\]{}]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s");
}
