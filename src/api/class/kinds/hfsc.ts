import { InputError } from "../../../netlink/errors.ts";
import type { HfscAttrs } from "../../../rtnl/tc/qdiscs/hfsc.ts";
import { onlyWords, type Translation } from "../../tc/rules.ts";
import { type Plain, withoutUndefined } from "../../words.ts";

/** How much service a class gets over time (tc-hfsc(7)). */
export interface ServiceCurve {
  /** At first, bits a second. */
  m1?: number;
  /** How long that lasts, µs. */
  d?: number;
  /** From then on, bits a second. */
  m2?: number;
}

/** Options of a class of HFSC: `sc` is `rt` and `ls` alike, as tc has it. */
export interface HfscClassOptions {
  /** Real time and link sharing. */
  sc?: ServiceCurve;
  /** Real time. */
  rt?: ServiceCurve;
  /** Link sharing. */
  ls?: ServiceCurve;
  /** Upper limit. */
  ul?: ServiceCurve;
}

function equal(a: ServiceCurve, b: ServiceCurve): boolean {
  return a.m1 === b.m1 && a.d === b.d && a.m2 === b.m2;
}

export const hfscClass: Translation<HfscClassOptions> = {
  paths: { rt: "rsc", ls: "fsc", ul: "usc" },
  write(words, path) {
    onlyWords(words, path, ["sc", "rt", "ls", "ul"]);
    const { sc, rt, ls, ul } = words;
    if (sc !== undefined && (rt !== undefined || ls !== undefined))
      throw new InputError(`${path}sc`, "either sc or rt and ls", sc);
    return { rsc: sc ?? rt, fsc: sc ?? ls, usc: ul };
  },
  read({ rsc, fsc, usc }: Plain<HfscAttrs>) {
    const both = rsc !== undefined && fsc !== undefined && equal(rsc, fsc);
    return withoutUndefined<HfscClassOptions>({
      ...(both ? { sc: rsc } : { rt: rsc, ls: fsc }),
      ul: usc,
    });
  },
};
