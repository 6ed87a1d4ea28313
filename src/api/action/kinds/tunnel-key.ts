import type { TunnelKeyAttrs } from "../../../rtnl/tc/actions/tunnel-key.ts";
import { parseAddress } from "../../prefix.ts";
import { oneOf, onlyWords, rule, ruled, type Translation } from "../../tc/rules.ts";
import { readTunnelOptions, type TunnelOptions, writeTunnelOptions } from "../../tc/tunnel-options.ts";
import { type Plain, withoutUndefined } from "../../words.ts";
import { type ActionFields, actionRules } from "../verdict.ts";

/** Sets or takes off what a tunnel's header will say (tc-tunnel_key(8)). Default `pipe`. */
export interface TunnelKeyOptions extends ActionFields, TunnelOptions {
  mode?: "set" | "unset";
  /** IPv4 or IPv6. */
  srcIp?: string;
  /** IPv4 or IPv6. */
  dstIp?: string;
  /** Tunnel id. */
  keyId?: number;
  dstPort?: number;
  tos?: number;
  ttl?: number;
  /** The UDP checksum; default true. */
  csum?: boolean;
  /** Never in fragments. */
  nofrag?: boolean;
}

const rules = ruled({
  ...actionRules("parms"),
  mode: oneOf("parms.tAction", { set: "set", unset: "release" }),
  keyId: "encKeyId",
  dstPort: "encDstPort",
  tos: "encTos",
  ttl: "encTtl",
  csum: rule(
    "noCsum",
    (value: boolean | number) => !value,
    (word) => !word,
  ),
  nofrag: "noFrag",
});
const known = [...Object.keys(rules.paths), "srcIp", "dstIp", "geneveOpts", "vxlanOpts", "erspanOpts"];

function address(side: "Src" | "Dst", text: string | undefined, path: string): object {
  if (text === undefined) return {};
  const { family } = parseAddress(text, path);
  return { [`encIpv${family === "inet6" ? 6 : 4}${side}`]: text };
}

export const tunnelKey: Translation<TunnelKeyOptions> = {
  paths: { ...rules.paths, srcIp: "encIpv4Src", dstIp: "encIpv4Dst" },
  write(words, path, links) {
    onlyWords(words, path, known);
    const { srcIp, dstIp, geneveOpts, vxlanOpts, erspanOpts, ...rest } = words;
    return {
      ...rules.write(
        { controlAction: { type: "pipe" }, ...rest, nofrag: rest.nofrag || undefined },
        path,
        links,
      ),
      ...address("Src", srcIp, `${path}srcIp`),
      ...address("Dst", dstIp, `${path}dstIp`),
      encOpts: writeTunnelOptions({ geneveOpts, vxlanOpts, erspanOpts }),
    };
  },
  read({ encIpv4Src, encIpv6Src, encIpv4Dst, encIpv6Dst, encOpts, ...rest }: Plain<TunnelKeyAttrs>, links) {
    return withoutUndefined<TunnelKeyOptions>({
      ...(rules.read(rest, links) as TunnelKeyOptions),
      srcIp: encIpv4Src ?? encIpv6Src,
      dstIp: encIpv4Dst ?? encIpv6Dst,
      ...readTunnelOptions(encOpts),
    });
  },
};
