import { handleNumber, handleText } from "../tc/handle.ts";
import { has, type Rule, rule, ruled } from "../tc/rules.ts";

/** What filters have in common. */
export interface FilterFields {
  /** Class that packets go to: `1:10`. */
  classid?: string;
  /** Not in hardware. */
  skipHw?: boolean;
  /** In hardware alone. */
  skipSw?: boolean;
  /** Hardware has it; only read. */
  inHw?: boolean;
  /** Only read. */
  notInHw?: boolean;
}

/** `1:10` where the kernel has a number. */
export function handle<At extends string>(at: At): Rule<string, At> {
  return rule(at, handleText, handleNumber);
}

/** Where the kernel says where the filter is: what it says itself is not sent. */
function place(name: string): Rule<boolean> {
  return { at: name, read: () => undefined, write: (_word, _path, before) => before };
}

/** The flags, at `flags` or elsewhere. */
export function hardware(at: string) {
  return {
    skipHw: flag(at, "skip-hw"),
    skipSw: flag(at, "skip-sw"),
    inHw: { ...place(at), read: flag(at, "in-hw").read },
    notInHw: { ...place(at), read: flag(at, "not-in-hw").read },
  };
}

/** Read where it is set. */
function flag(at: string, name: string): Rule<boolean> {
  const always = has(at, name);
  return { ...always, read: (flags) => always.read(flags) || undefined };
}

export const fieldRules = { classid: handle("classid"), ...hardware("flags") };
export const filterRules = ruled(fieldRules);
