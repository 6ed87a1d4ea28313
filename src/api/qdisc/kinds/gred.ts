import { InputError } from "../../../netlink/errors.ts";
import type { GredAttrs } from "../../../rtnl/tc/qdiscs/gred.ts";
import { type RedWords, redLimits, redRules, withoutRed } from "../../tc/red.ts";
import { bool, has, onlyWords, ruled, type Translation } from "../../tc/rules.ts";
import type { Plain } from "../../words.ts";

/** A virtual queue of GRED. `limit`, `min` and `max` are bytes; `ecn` and the like are read here, and set for all. */
export interface GredQueue extends RedWords {
  /** Its number: the `DP` of tc. */
  vq?: number;
  limit?: number;
  /** Lower is more important, with `grio`. */
  prio?: number;
}

/**
 * Generic RED: made with `dpCnt` and what concerns all queues, then changed with one queue of `vqs` at a time
 * (linux/pkt_sched.h TCA_GRED_*).
 */
export interface GredOptions {
  /** How many virtual queues, 1 to 16. */
  dpCnt?: number;
  /** The queue of packets that choose none. */
  dpDefault?: number;
  /** Adds up the averages of more important queues. */
  grio?: boolean;
  /** Of all queues, bytes. */
  limit?: number;
  ecn?: boolean;
  harddrop?: boolean;
  /** One when given, those that were set up when read. */
  vqs?: GredQueue[];
}

const MAX_QUEUES = 16;

const setup = ruled({
  dpCnt: "dps.dps",
  dpDefault: "dps.defDp",
  grio: bool("dps.grio"),
  limit: "limit",
  ecn: has("dps.flags", "ecn"),
  harddrop: has("dps.flags", "harddrop"),
});
const queue = ruled({
  vq: "dp",
  limit: "limit",
  prio: "prio",
  min: "qthMin",
  max: "qthMax",
  ...redRules(""),
});
const counters = ["backlog", "qave", "forced", "early", "other", "pdrop", "packets", "bytesin"];
const words = ["dpCnt", "dpDefault", "grio", "limit", "ecn", "harddrop", "vqs"];

export const gred: Translation<GredOptions> = {
  paths: setup.paths,
  write(given, path, links) {
    onlyWords(given, path, words);
    const { vqs, ...all } = given;
    if (vqs === undefined || given.dpCnt !== undefined) {
      if (vqs !== undefined)
        throw new InputError(`${path}vqs`, "set up first, with queues changed later", vqs);
      return setup.write(all, path, links);
    }
    const [one] = vqs;
    if (one === undefined || vqs.length > 1) throw new InputError(`${path}vqs`, "one queue at a time", vqs);
    const { min, max, numbers } = redLimits(one, 1, `${path}vqs[0].`);
    const { stab, maxP, ...logs } = numbers;
    const parms = queue.write(
      { ...withoutRed(one), probability: undefined, min, max },
      `${path}vqs[0].`,
      links,
    );
    return { parms: [{ ...parms, ...logs }], stab, maxP: [maxP], limit: given.limit };
  },
  read({ parms = [], maxP = [], vqList, ...all }: Plain<GredAttrs>, links) {
    const vqs = parms.flatMap((one, place) => {
      if (one.dp === undefined || one.dp >= MAX_QUEUES) return [];
      const flags = vqList?.entry?.find(({ dp }) => dp === one.dp)?.flags ?? all.dps?.flags;
      const read = queue.read({ ...one, flags }, links) as GredQueue & Record<string, unknown>;
      for (const counter of counters) delete read[counter];
      return [{ ...read, probability: (maxP[place] ?? 0) / 0xffffffff }];
    });
    const { stab: _table, ...read } = setup.read(all, links) as GredOptions & { stab?: unknown };
    return { ...read, vqs };
  },
};
