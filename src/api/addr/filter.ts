import { parseIp } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { Addr as RtnlAddr } from "../../rtnl/addr/index.ts";
import { rtScope } from "../../rtnl/scope.ts";
import { refuseOthers, without } from "../filter.ts";
import { type LinkSelector, selectorWords } from "../link/select.ts";
import { scopeNumber } from "../names.ts";
import { type IpFamily, isWithin, parsePrefix } from "../prefix.ts";
import { type Dev, type LinkName, nameOf } from "../session.ts";
import { type FlagFilter, filterFlags, matchesFlags } from "./flags.ts";
import { protocolOf } from "./write.ts";

/** Which addresses to list. Flags are `true` for those that have them, `false` for those that do not. */
export interface AddrFilter extends FlagFilter, LinkSelector {
  dev?: Dev;
  /** Default: both. */
  family?: IpFamily;
  /** `global`, `site`, `link`, `host` or a number. */
  scope?: string | number;
  /** Who made it: `kernel_lo`, `kernel_ra`, `kernel_ll` or a number (kernel 5.18). */
  protocol?: string | number;
  /** A label, or for an address without one the link's name, in which `*` and `?` stand for others. */
  label?: string;
  /** A prefix that the address is in. */
  to?: string;
}

export const filterWords: readonly string[] = [
  "dev",
  "family",
  "scope",
  "protocol",
  "label",
  "to",
  ...selectorWords,
  ...filterFlags,
];

type Test = (addr: RtnlAddr) => boolean;

/**
 * The part of the filter that the kernel does not know.
 *
 * @param names - of the links that addresses may be on.
 */
export function addrTest(filter: AddrFilter, names: ReadonlyMap<number, LinkName>): Test {
  const { dev: _dev, family, scope, protocol, label, to, ...rest } = filter;
  const flags: FlagFilter = {};
  const others: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(without(rest, selectorWords))) {
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
  if (selectorWords.some((word) => filter[word] !== undefined)) {
    tests.push((addr) => names.has(addr.ifaIndex));
  }
  if (protocol !== undefined) {
    const wanted = protocolOf(protocol);
    tests.push((addr) => addr.proto === wanted);
  }
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
