import { InputError } from "../../../netlink/errors.ts";
import type { MirredAttrs } from "../../../rtnl/tc/actions/mirred.ts";
import type { Dev } from "../../session.ts";
import { nameOf } from "../../session.ts";
import { onlyWords, ruled, type Translation } from "../../tc/rules.ts";
import { type Plain, withoutUndefined } from "../../words.ts";
import { type ActionFields, actionRules } from "../verdict.ts";

/** Gives packets, or copies, to another link (tc-mirred(8)). Default: `stolen` after redirect, else `pipe`. */
export interface MirredOptions extends ActionFields {
  mirredAction?: "redirect" | "mirror";
  /** Which way the packet goes at that link; default `egress`. */
  direction?: "egress" | "ingress";
  /** The link that gets the packet. */
  toDev?: Dev;
  /** A block all of whose links get it, in place of `toDev`. */
  blockid?: number;
}

const rules = ruled({ ...actionRules("parms"), blockid: "blockid" });
const known = [...Object.keys(rules.paths), "mirredAction", "direction", "toDev"];

const EACTIONS = {
  redirect: { egress: "egress-redir", ingress: "ingress-redir" },
  mirror: { egress: "egress-mirror", ingress: "ingress-mirror" },
} as const;

export const mirred: Translation<MirredOptions> = {
  paths: { ...rules.paths, toDev: "parms.ifindex", mirredAction: "parms.eaction" },
  write(words, path, links) {
    onlyWords(words, path, known);
    const { mirredAction, direction = "egress", toDev, ...rest } = words;
    const ways = EACTIONS[mirredAction!];
    if (!ways) throw new InputError(`${path}mirredAction`, "redirect or mirror", mirredAction);
    if (!ways[direction]) throw new InputError(`${path}direction`, "egress or ingress", direction);
    if ((toDev === undefined) === (rest.blockid === undefined))
      throw new InputError(`${path}toDev`, "either a link or a blockid", toDev);
    const controlAction = rest.controlAction ?? { type: mirredAction === "redirect" ? "stolen" : "pipe" };
    const options = rules.write({ ...rest, controlAction }, path, links) as { parms?: object };
    const ifindex = toDev === undefined ? undefined : links.index(toDev, `${path}toDev`);
    return { ...options, parms: { ...options.parms, eaction: ways[direction], ifindex } };
  },
  read(options: Plain<MirredAttrs>, links) {
    const { eaction, ifindex } = options.parms ?? {};
    const [direction, what] = String(eaction).split("-");
    return withoutUndefined<MirredOptions>({
      mirredAction: what === "redir" ? "redirect" : "mirror",
      direction: direction === "ingress" ? "ingress" : "egress",
      toDev: ifindex === undefined || ifindex === 0 ? undefined : nameOf(links.names, ifindex),
      ...(rules.read(options, links) as ActionFields),
    });
  },
};
