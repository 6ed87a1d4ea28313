import type { MplsAttrs } from "../../../rtnl/tc/actions/mpls.ts";
import { type EtherType, protocolName, protocolNumber } from "../../tc/protocol.ts";
import { oneOf, rule, ruled, type Translation } from "../../tc/rules.ts";
import type { Plain } from "../../words.ts";
import { type ActionFields, actionRules } from "../verdict.ts";

/** Pushes, pops and changes MPLS headers (tc-mpls(8)). Default `pipe`. */
export interface MplsOptions extends ActionFields {
  mplsAction?: "pop" | "push" | "modify" | "dec_ttl" | "mac_push";
  /** After pop, or of the pushed header. */
  protocol?: EtherType;
  /** 20 bits. */
  label?: number;
  /** Traffic class, 3 bits. */
  tc?: number;
  ttl?: number;
  /** Bottom of the stack. */
  bos?: number;
}

const rules = ruled({
  ...actionRules("parms"),
  mplsAction: oneOf("parms.mAction", {
    pop: "pop",
    push: "push",
    modify: "modify",
    dec_ttl: "dec-ttl",
    mac_push: "mac-push",
  }),
  protocol: rule("proto", (value: number) => (value === 0 ? undefined : protocolName(value)), protocolNumber),
});

export const mpls: Translation<MplsOptions> = {
  paths: rules.paths,
  write(words, path, context) {
    return rules.write({ controlAction: { type: "pipe" }, ...words }, path, context);
  },
  read(options: Plain<MplsAttrs>, context) {
    const { protocol, ...words } = rules.read(options, context) as MplsOptions;
    // The kernel reports one also where it takes none.
    const none = words.mplsAction === "dec_ttl" || words.mplsAction === "modify";
    return none || protocol === undefined ? words : { ...words, protocol };
  },
};
