import { type RedWords, redLimits, redRules, withoutRed } from "../../tc/red.ts";
import { bool, has, type Rule, ruled, share, type Translation } from "../../tc/rules.ts";

/** Random early detection (tc-red(8)). `limit`, `min` and `max` are bytes. */
export interface RedOptions extends RedWords {
  /** Size of the queue. */
  limit?: number;
  /** Leaves packets that cannot be marked alone. */
  nodrop?: boolean;
  /** Block whose filters see packets dropped early. */
  earlyDropBlock?: number;
  /** Block whose filters see packets that were marked. */
  markBlock?: number;
}

/** TC_RED_* (linux/pkt_sched.h). */
const FLAGS = { ecn: 1, harddrop: 2, adaptive: 4, nodrop: 8 } as const;
const ALL = 15;

/** It goes and comes in an attribute of its own, and then the others go with it. */
const nodrop: Rule<boolean> = {
  at: "flags",
  read: (flags: { value: number } | undefined) => flags && (flags.value & FLAGS.nodrop) !== 0,
  write: (word) => word,
};

const parms = { limit: "parms.limit", min: "parms.qthMin", max: "parms.qthMax", ...redRules("parms.") };
const redOptions = ruled({ ...parms, nodrop, probability: share("maxP") });

export const red: Translation<RedOptions> = {
  ...(redOptions as Translation<RedOptions>),
  write(words, path, links) {
    if (words.nodrop === undefined) {
      return parmsAndTable(words, 1, path, (given) => redOptions.write(given, path, links));
    }
    const names = Object.keys(FLAGS) as (keyof typeof FLAGS)[];
    const value = names.filter((name) => words[name]).reduce((bits, name) => bits | FLAGS[name], 0);
    const { ecn: _ecn, harddrop: _harddrop, adaptive: _adaptive, ...rest } = words;
    const options = parmsAndTable(rest, 1, path, (given) => redOptions.write(given, path, links));
    return { ...options, flags: { value, selector: ALL } };
  },
};

/** CHOose and Keep (tc-choke(8)). `limit`, `min` and `max` are packets, of `avpkt` bytes each (1000). */
export interface ChokeOptions extends RedWords {
  /** Size of the queue. */
  limit?: number;
  nodrop?: boolean;
}

const chokeOptions = ruled({ ...parms, nodrop: has("parms.flags", "nodrop"), probability: share("maxP") });

export const choke: Translation<ChokeOptions> = {
  ...(chokeOptions as Translation<ChokeOptions>),
  write(words, path, links) {
    return parmsAndTable(words, words.avpkt ?? 1000, path, (given) => chokeOptions.write(given, path, links));
  },
};

function parmsAndTable(
  words: RedWords & { limit?: number },
  unit: number,
  path: string,
  write: (given: object) => { parms?: object },
): object {
  const { min, max, numbers } = redLimits(words, unit, path);
  const { stab, maxP, ...logs } = numbers;
  const options = write({ ...withoutRed(words), probability: undefined, min, max });
  return { ...options, parms: { ...options.parms, ...logs }, stab, maxP };
}

/** Stochastic fairness queueing (tc-sfq(8)), with the early detection of `min`, `max` … or without. */
export interface SfqOptions extends RedWords {
  /** Of all flows, packets. */
  limit?: number;
  /** Bytes in a row of one flow. */
  quantum?: number;
  /** Of one flow, packets. */
  depth?: number;
  flows?: number;
  /** Size of the hash table. */
  divisor?: number;
  /** How often the hash changes, seconds; 0 never. */
  perturb?: number;
  /** Drops at the head of a flow. */
  headdrop?: boolean;
  /** Of one flow, bytes, with early detection; `min` and `max` are bytes too. Never read back. */
  redflowlimit?: number;
}

const sfqOptions = ruled({
  limit: "v0.limit",
  quantum: "v0.quantum",
  flows: "v0.flows",
  divisor: "v0.divisor",
  perturb: "v0.perturbPeriod",
  headdrop: bool("headdrop"),
  redflowlimit: "limit",
  min: "qthMin",
  max: "qthMax",
  ...redRules(""),
  probability: share("maxP"),
});

const sfqRed = [
  "min",
  "max",
  "ecn",
  "harddrop",
  "adaptive",
  "ewma",
  "plog",
  "scellLog",
  "probability",
] as const;

export const sfq: Translation<SfqOptions> = {
  ...(sfqOptions as Translation<SfqOptions>),
  write(words, path, links) {
    const given = withoutRed(words);
    const { redflowlimit, min: least, max: most } = words;
    if (redflowlimit === undefined && least === undefined && most === undefined)
      return sfqOptions.write(given, path, links);
    const { min, max, numbers } = redLimits({ avpkt: 1000, ...words, limit: redflowlimit }, 1, path);
    // Without a table for idle times there are no cells.
    const { stab: _stab, scellLog: _cell, ...logs } = numbers;
    return { ...sfqOptions.write({ ...given, probability: undefined, min, max }, path, links), ...logs };
  },
  read(options, links) {
    const {
      stats: _counters,
      redflowlimit: _unread,
      ...words
    } = sfqOptions.read(options, links) as SfqOptions & { stats?: object };
    if (!words.min) for (const word of sfqRed) delete words[word];
    return words;
  },
};
