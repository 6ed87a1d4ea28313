import { InputError } from "../../../netlink/errors.ts";
import type { NetemAttrs } from "../../../rtnl/tc/qdiscs/netem.ts";
import { rateFrom, rateGiven } from "../../tc/rate.ts";
import {
  bool,
  fraction,
  onlyWords,
  type Rule,
  rule,
  ruled,
  share,
  type Translation,
} from "../../tc/rules.ts";
import { type Plain, withoutUndefined } from "../../words.ts";
import { distribution } from "./distribution.ts";

/** A chance, and how much the last packet's fate is that of the next: fractions of 1. */
type Chance<K extends string> = { [P in K]: number } & { correlation?: number };

/** Samples of a distribution, 8192 being one standard deviation, or the name of one of iproute2's: `normal`. */
export type Distribution = string | readonly number[];

/** What a network does to packets (tc-netem(8)). Times are µs, exact to ns; chances fractions of 1. */
export interface NetemOptions {
  /** Packets that wait. */
  limit?: number;
  delay?: {
    /** What is added to each packet, µs. */
    delay: number;
    /** By how much it varies, µs. */
    jitter?: number;
    correlation?: number;
    /** How it varies; never read back. */
    distribution?: Distribution;
  };
  lossRandom?: Chance<"loss">;
  /** Four states; chances of the changes from one to another. Default of `p31` is `1 - p13`, of `p23` 1. */
  lossState?: { p13: number; p31?: number; p32?: number; p23?: number; p14?: number };
  /**
   * Gilbert and Elliott: the chance to get into the bad state (`p`) and back (`r`, default `1 - p`), that a packet passes
   * there (`h`, where tc is told `1-h`), and that one is lost in the good state (`k1`, tc's `1-k`).
   */
  lossGemodel?: { p: number; r?: number; h?: number; k1?: number };
  duplicate?: Chance<"duplicate">;
  /** Packets that go at once, ahead of the delayed ones. */
  reorder?: Chance<"reorder">;
  /** Packets with a flipped bit. */
  corrupt?: Chance<"corrupt">;
  rate?: {
    /** Bits a second. */
    rate: number;
    /** Bytes, may be negative. */
    packetoverhead?: number;
    /** Bytes. */
    cellsize?: number;
    /** Bytes, may be negative. */
    celloverhead?: number;
  };
  /** Packets are sent in bursts: every `minDelay` to `maxDelay` µs, or as a distribution says. */
  slot?: {
    minDelay?: number;
    maxDelay?: number;
    /** At most, in a slot. */
    packets?: number;
    /** At most, in a slot. */
    bytes?: number;
    distribution?: Distribution;
    /** Mean of the distribution, µs. */
    delay?: number;
    /** Its deviation, µs. */
    jitter?: number;
  };
  /** Marks instead of dropping. */
  ecn?: boolean;
  /** Every so many packets one goes at once, with `reorder`. */
  gap?: number;
  /** Makes what happens repeatable. A random one of 64 bits is read as a number. */
  seed?: number | bigint;
}

const ns = (path: string): Rule<number> =>
  rule(
    path,
    (value: number) => value / 1000,
    (word) => Math.round(word * 1000),
  );

const delayRules = ruled({
  delay: ns("latency64"),
  jitter: ns("jitter64"),
  correlation: share("corr.delayCorr"),
  distribution: rule("delayDist", () => undefined, distribution),
});
const slotRules = ruled({
  minDelay: ns("slot.minDelay"),
  maxDelay: ns("slot.maxDelay"),
  packets: "slot.maxPackets",
  bytes: "slot.maxBytes",
  distribution: rule("slotDist", () => undefined, distribution),
  delay: ns("slot.distDelay"),
  jitter: ns("slot.distJitter"),
});
/** A model's chances, in the kernel's words. */
const model = (path: string): Rule<Record<string, number>> =>
  rule(
    path,
    (value: Record<string, number>) =>
      Object.fromEntries(Object.entries(value).map(([name, part]) => [name, part / 0xffffffff])),
    (word, field) =>
      Object.fromEntries(
        Object.entries(word).map(([name, part]) => [name, fraction(part, `${field}.${name}`)]),
      ),
  );
const rateRules = ruled({
  packetoverhead: "packetOverhead",
  cellsize: "cellSize",
  celloverhead: "cellOverhead",
});

const chances = {
  lossRandom: ruled({ loss: share("randomLoss"), correlation: share("corr.lossCorr") }),
  duplicate: ruled({ duplicate: share("duplicate"), correlation: share("corr.dupCorr") }),
  reorder: ruled({ reorder: share("reorder.probability"), correlation: share("reorder.correlation") }),
  corrupt: ruled({ corrupt: share("corrupt.probability"), correlation: share("corrupt.correlation") }),
};
const plainRules = ruled({
  limit: "limit",
  lossState: model("loss.gi"),
  lossGemodel: model("loss.ge"),
  ecn: bool("ecn"),
  gap: "gap",
  seed: "prngSeed",
});
const words = [...Object.keys(plainRules.paths), ...Object.keys(chances), "delay", "rate", "slot"];

/** What the kernel has in one number stands in several of ours. */
function merged(parts: readonly object[]): Record<string, unknown> {
  const all: Record<string, unknown> = {};
  for (const [field, value] of parts.flatMap(Object.entries)) {
    const before = all[field];
    all[field] = typeof before === "object" && typeof value === "object" ? { ...before, ...value } : value;
  }
  return all;
}

/** Where tc prints nothing: nothing was asked for. */
function unlessZero<T extends object>(words: T, ...decisive: readonly (keyof T)[]): T | undefined {
  return decisive.some((word) => words[word] !== undefined && words[word] !== 0) ? words : undefined;
}

export const netem: Translation<NetemOptions> = {
  paths: {
    ...plainRules.paths,
    delay: "latency64",
    lossRandom: "randomLoss",
    duplicate: "duplicate",
    reorder: "reorder",
    corrupt: "corrupt",
    slot: "slot",
  },
  write(given, path, links) {
    onlyWords(given, path, words);
    const { delay, lossRandom, duplicate, reorder, corrupt, rate, slot, ...others } = given;
    const { lossState, lossGemodel, ...plain } = others;
    const of = { lossRandom, duplicate, reorder, corrupt };
    const parts = Object.entries(of).map(([word, chance]) =>
      chance === undefined ? {} : chances[word as keyof typeof of].write(chance, `${path}${word}.`, links),
    );
    if (reorder !== undefined && delay === undefined)
      throw new InputError(`${path}reorder`, "a delay for the other packets", reorder);
    if (slot?.distribution !== undefined && slot.delay === undefined)
      throw new InputError(`${path}slot.delay`, "the mean of the distribution", slot.delay);
    const { rate: wanted, ...cells } = rate ?? {};
    const bits = wanted === undefined ? undefined : rateGiven(wanted, `${path}rate.rate`);
    const wide = bits !== undefined && Math.floor(bits / 8) >= 0xffffffff;
    return merged([
      // Without a limit nothing would pass.
      { limit: 1000, ...(reorder ? { gap: 1 } : {}) },
      plainRules.write(
        {
          ...plain,
          lossState: lossState && { p31: 1 - lossState.p13, p23: 1, ...lossState },
          lossGemodel: lossGemodel && { r: 1 - lossGemodel.p, ...lossGemodel },
        },
        path,
        links,
      ),
      delay === undefined ? {} : delayRules.write(delay, `${path}delay.`, links),
      ...parts,
      bits === undefined
        ? {}
        : {
            rate: { ...rateRules.write(cells, `${path}rate.`, links), rate: wide ? 0xffffffff * 8 : bits },
            ...(wide ? { rate64: bits } : {}),
          },
      slot === undefined
        ? {}
        : slotRules.write({ ...slot, maxDelay: slot.maxDelay ?? slot.minDelay }, `${path}slot.`, links),
    ]);
  },
  read(options: Plain<NetemAttrs>, links) {
    const { delay, jitter, correlation } = delayRules.read(options, links) as NonNullable<
      NetemOptions["delay"]
    >;
    const { packetoverhead, cellsize, celloverhead } = rateRules.read(options.rate ?? {}, links) as Partial<
      NonNullable<NetemOptions["rate"]>
    >;
    const rate = rateFrom(options.rate, options.rate64);
    const chance = <K extends keyof typeof chances>(word: K, decisive: string) => {
      const read = chances[word].read(options, links) as Record<string, number>;
      const own = withoutUndefined({ [decisive]: read[decisive], correlation: read.correlation });
      return unlessZero(own, decisive) as NetemOptions[K];
    };
    const {
      minDelay,
      maxDelay,
      packets,
      bytes,
      delay: mean,
      jitter: deviation,
    } = slotRules.read(options, links) as NonNullable<NetemOptions["slot"]>;
    const slot =
      mean || deviation
        ? { delay: mean, jitter: deviation, packets, bytes }
        : { minDelay, maxDelay, packets, bytes };
    const { limit, lossState, lossGemodel, ecn, gap, seed } = plainRules.read(options, links) as NetemOptions;
    return withoutUndefined<NetemOptions>({
      limit,
      delay: unlessZero(withoutUndefined({ delay, jitter, correlation }), "delay", "jitter"),
      lossRandom: chance("lossRandom", "loss"),
      lossState,
      lossGemodel,
      duplicate: chance("duplicate", "duplicate"),
      reorder: chance("reorder", "reorder"),
      corrupt: chance("corrupt", "corrupt"),
      rate: rate === 0 ? undefined : withoutUndefined({ rate, packetoverhead, cellsize, celloverhead }),
      slot: unlessZero(
        withoutUndefined(slot) as NonNullable<NetemOptions["slot"]>,
        "minDelay",
        "maxDelay",
        "delay",
        "jitter",
      ),
      ecn: ecn ?? false,
      gap,
      seed,
    });
  },
};
