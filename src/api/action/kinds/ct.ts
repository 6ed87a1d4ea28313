import { InputError } from "../../../netlink/errors.ts";
import type { CtAttrs } from "../../../rtnl/tc/actions/ct.ts";
import { parseAddress } from "../../prefix.ts";
import { hexBytes, hexText } from "../../tc/bytes.ts";
import { onlyWords, rule, ruled, type Translation } from "../../tc/rules.ts";
import { type Plain, withoutUndefined } from "../../words.ts";
import { type ActionFields, actionRules } from "../verdict.ts";

/** Connection tracking (tc-ct(8)). Default `pipe`. */
export interface CtOptions extends ActionFields {
  /** `commit` keeps the connection, `force` also against its direction, `clear` forgets it. */
  action?: "commit" | "force" | "clear";
  zone?: number;
  mark?: number;
  /** Default all bits. */
  markMask?: number;
  /** 16 bytes as hexadecimal digits. */
  label?: string;
  labelMask?: string;
  /** Address translation; without `addr` and `port` that of the connection. */
  nat?: {
    type?: "src" | "dst";
    /** An address, or the first and the last with a `-` between them. */
    addr?: string;
    /** A port, or the first and the last with a `-` between them. */
    port?: string | number;
  };
  helperName?: string;
  /** AF_* */
  helperFamily?: number;
  /** IPPROTO_* */
  helperProto?: number;
}

const rules = ruled({
  ...actionRules("parms"),
  label: rule("labels", hexText, (text, path) => hexBytes(text, path, 16)),
  labelMask: rule("labelsMask", hexText, (text, path) => hexBytes(text, path, 16)),
});
const known = [
  ...Object.keys(rules.paths),
  ...["action", "zone", "mark", "markMask", "nat", "helperName", "helperFamily", "helperProto"],
];
const ACTIONS = { commit: ["commit"], force: ["commit", "force"], clear: ["clear"] } as const;

/** The two ends of `a-b`, or one. */
function ends(text: string | number): [first: string, last: string] {
  const [first = "", last = first] = String(text).split("-");
  return [first, last];
}

function range(first: unknown, last: unknown): string | undefined {
  if (first === undefined) return undefined;
  return last === undefined || last === first ? String(first) : `${first}-${last}`;
}

function writeNat({ type, addr, port }: NonNullable<CtOptions["nat"]>, path: string): object {
  if (type === undefined && (addr !== undefined || port !== undefined))
    throw new InputError(`${path}.type`, "src or dst", type);
  const [from, to] = addr === undefined ? [] : ends(addr);
  const version = from === undefined ? 4 : parseAddress(from, `${path}.addr`).family === "inet6" ? 6 : 4;
  const [low, high] = port === undefined ? [] : ends(port).map(Number);
  if (port !== undefined && !(low! > 0 && high! >= low! && high! < 65_536))
    throw new InputError(`${path}.port`, "a port, or two with a - between them", port);
  return {
    [`natIpv${version}Min`]: from,
    [`natIpv${version}Max`]: to,
    natPortMin: low,
    natPortMax: high,
  };
}

export const ct: Translation<CtOptions> = {
  paths: { ...rules.paths, markMask: "markMask", action: "action", nat: "natIpv4Min" },
  write(words, path, links) {
    onlyWords(words, path, known);
    const { action, nat, ...rest } = words;
    const flags: string[] = action === undefined ? [] : [...(ACTIONS[action] ?? [action])];
    if (nat) flags.push("nat");
    if (nat?.type) flags.push(`nat-${nat.type}`);
    return {
      ...rules.write({ controlAction: { type: "pipe" }, ...rest }, path, links),
      action: flags,
      ...(nat && writeNat(nat, `${path}nat`)),
    };
  },
  read(options: Plain<CtAttrs>, links) {
    const {
      action = [],
      natIpv4Min,
      natIpv4Max,
      natIpv6Min,
      natIpv6Max,
      natPortMin,
      natPortMax,
      ...rest
    } = options;
    const { mark, markMask, zone, ...others } = rest;
    const { label, labelMask, ...words } = rules.read(others, links) as CtOptions;
    const flags: readonly unknown[] = action;
    return withoutUndefined<CtOptions>({
      ...words,
      action: (["force", "commit", "clear"] as const).find((one) => flags.includes(one)),
      zone: zone || undefined,
      // The kernel reports a mask of zero for no mark.
      mark: markMask === 0 ? undefined : mark,
      markMask: markMask === 0 ? undefined : markMask,
      ...(/^0*$/.test(labelMask ?? "") ? {} : { label, labelMask }),
      nat: flags.includes("nat")
        ? withoutUndefined({
            type: flags.includes("nat-src")
              ? ("src" as const)
              : flags.includes("nat-dst")
                ? ("dst" as const)
                : undefined,
            addr: range(natIpv4Min ?? natIpv6Min, natIpv4Max ?? natIpv6Max),
            port: range(natPortMin, natPortMax),
          })
        : undefined,
    });
  },
};
