import type { NatAttrs } from "../../../rtnl/tc/actions/nat.ts";
import { parseAddress, parsePrefix, withHostBits } from "../../prefix.ts";
import { prefixOf } from "../../tc/masks.ts";
import { onlyWords, ruled, type Translation } from "../../tc/rules.ts";
import type { Plain } from "../../words.ts";
import { type ActionFields, actionRules } from "../verdict.ts";

/** Stateless address translation (tc-nat(8)). Default `pass`. */
export interface NatOptions extends ActionFields {
  /** `ingress` changes destinations, `egress` sources. */
  direction?: "ingress" | "egress";
  /** What is replaced: `10.0.0.0/24`. */
  oldAddr?: string;
  /** By what; the bits behind the prefix stay. */
  newAddr?: string;
}

const rules = ruled(actionRules("parms"));
const known = [...Object.keys(rules.paths), "direction", "oldAddr", "newAddr"];

export const nat: Translation<NatOptions> = {
  paths: { ...rules.paths, oldAddr: "parms.oldAddr", newAddr: "parms.newAddr" },
  write(words, path, links) {
    onlyWords(words, path, known);
    const { direction, oldAddr, newAddr, ...rest } = words;
    const old = parsePrefix(oldAddr, `${path}oldAddr`);
    const options = rules.write({ controlAction: { type: "pass" }, ...rest }, path, links) as {
      parms?: object;
    };
    return {
      parms: {
        ...options.parms,
        oldAddr: old.address,
        newAddr: parseAddress(newAddr, `${path}newAddr`).address,
        mask: withHostBits({ ...old, bytes: new Uint8Array(4).fill(0xff) }, 0),
        flags: Number(direction === "egress"),
      },
    };
  },
  read(options: Plain<NatAttrs>, links) {
    const { oldAddr = "0.0.0.0", newAddr, mask = "0.0.0.0", flags = 0 } = options.parms ?? {};
    return {
      direction: flags & 1 ? "egress" : "ingress",
      oldAddr: prefixOf(oldAddr, mask),
      newAddr,
      ...(rules.read(options, links) as ActionFields),
    };
  },
};
