/** What becomes of a packet after an action, as `tc -j` says it. */
import { InputError } from "../../netlink/errors.ts";
import type { Rule, Rules } from "../tc/rules.ts";

const VERDICTS = {
  /** Goes on with the next filter. */
  continue: "unspec",
  pass: "ok",
  reclassify: "reclassify",
  drop: "shot",
  /** Goes on with the next action. */
  pipe: "pipe",
  stolen: "stolen",
  trap: "trap",
} as const;

type Verdict = keyof typeof VERDICTS;

/** `jump` leaves out so many actions, `goto` goes on in that chain. */
export type ControlAction =
  | { type: Verdict }
  | { type: "jump"; jump: number }
  | { type: "goto"; chain: number };

/** TC_ACT_JUMP and TC_ACT_GOTO_CHAIN (linux/pkt_cls.h) stand above a number of 28 bits. */
const JUMP = 0x10000000;
const GOTO = 0x20000000;
const NUMBER = 0x0fffffff;

const names = new Map<unknown, Verdict>(
  Object.entries(VERDICTS).map(([word, name]) => [name, word as Verdict]),
);

/** The kernel's value. */
export function verdictValue(given: ControlAction, path: string): string | number {
  const { type } = given;
  if (type === "jump" || type === "goto") {
    const [field, number] =
      "jump" in given ? ["jump", given.jump] : ["chain", (given as { chain: number }).chain];
    if (!Number.isInteger(number) || number < 0 || number > NUMBER)
      throw new InputError(`${path}.${field}`, `an integer 0 to ${NUMBER}`, number);
    return (type === "jump" ? JUMP : GOTO) + number;
  }
  if (typeof type === "string" && Object.hasOwn(VERDICTS, type)) return VERDICTS[type];
  throw new InputError(`${path}.type`, `one of ${Object.keys(VERDICTS).join(", ")}, jump, goto`, type);
}

export function verdictOf(value: string | number): ControlAction {
  if (typeof value === "number") {
    const number = value & NUMBER;
    if (value - number === JUMP) return { type: "jump", jump: number };
    if (value - number === GOTO) return { type: "goto", chain: number };
  }
  return { type: names.get(value) ?? (String(value) as Verdict) };
}

export function verdict<At extends string>(at: At): Rule<ControlAction, At> {
  return {
    at,
    read: (value) => (value === undefined ? undefined : verdictOf(value)),
    write: (word, path) => verdictValue(word, path),
  };
}

/** What every action has in its struct. */
export interface ActionFields {
  /** What becomes of the packet afterwards; the default depends on the kind. */
  controlAction?: ControlAction;
  /** Number among those of its kind; default the next free one. */
  index?: number;
  /** How many hold it; only read. */
  ref?: number;
  /** How many filters; only read. */
  bind?: number;
}

/** The rules for {@link ActionFields}. */
export function actionRules(struct: string): Rules {
  return {
    controlAction: verdict(`${struct}.action`),
    index: `${struct}.index`,
    ref: `${struct}.refcnt`,
    bind: `${struct}.bindcnt`,
  };
}
