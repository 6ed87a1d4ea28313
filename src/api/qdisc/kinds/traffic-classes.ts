/** Traffic classes on queues of the hardware: mqprio and taprio. */
import { InputError } from "../../../netlink/errors.ts";
import type { MqprioAttrs, TcMqprioQopt } from "../../../rtnl/tc/qdiscs/mqprio.ts";
import type { TaprioAttrs } from "../../../rtnl/tc/qdiscs/taprio.ts";
import { clock } from "../../tc/clock.ts";
import { has, oneOf, onlyWords, ruled, type Translation } from "../../tc/rules.ts";
import { type Plain, withoutUndefined } from "../../words.ts";

/** Queues of a traffic class. */
export interface ClassQueues {
  /** The first. */
  offset: number;
  count: number;
}

/** Traffic classes, and the queues and priorities that belong to them. */
export interface TrafficClasses {
  /** How many: `num_tc` when tc is told. */
  tc?: number;
  /** Traffic class of each priority of a packet, 16 of them; those that are not given are 0. */
  map?: number[];
  /** Of each traffic class. */
  queues?: ClassQueues[];
}

const LENGTH = 16;

function padded(numbers: readonly number[] | undefined, path: string): number[] {
  if (numbers !== undefined && numbers.length > LENGTH)
    throw new InputError(path, `at most ${LENGTH}`, numbers);
  return [...(numbers ?? []), ...new Array<number>(LENGTH - (numbers?.length ?? 0)).fill(0)];
}

function writeClasses({ tc, map, queues }: TrafficClasses, path: string): TcMqprioQopt {
  return {
    numTc: tc ?? queues?.length ?? 0,
    prioTcMap: padded(map, `${path}map`),
    count: padded(
      queues?.map(({ count }) => count),
      `${path}queues`,
    ),
    offset: padded(
      queues?.map(({ offset }) => offset),
      `${path}queues`,
    ),
  };
}

function readClasses({ numTc = 0, prioTcMap, count = [], offset = [] }: Plain<TcMqprioQopt>): TrafficClasses {
  const queues = count.slice(0, numTc).map((of, tc) => ({ offset: offset[tc] ?? 0, count: of }));
  return { tc: numTc, map: prioTcMap, queues };
}

export type FramePreemption = "express" | "preemptible";

/** Multiqueue priority (tc-mqprio(8)). */
export interface MqprioOptions extends TrafficClasses {
  /** Leaves it to the hardware; default true, as of tc. Only given: `mode` and the like come with it. */
  hw?: boolean;
  mode?: "dcb" | "channel";
  shaper?: "dcb" | "bw_rlimit";
  /** Of each traffic class, bits a second. */
  minRate?: number[];
  /** Of each traffic class, bits a second. */
  maxRate?: number[];
  /** Of each traffic class: frame preemption. */
  fp?: FramePreemption[];
}

const shaperRules = ruled({
  shaper: oneOf("shaper", { dcb: "dcb", bw_rlimit: "bw-rate" }),
  minRate: "minRate64",
  maxRate: "maxRate64",
});
const mqprioWords = ["tc", "map", "queues", "hw", "mode", "shaper", "minRate", "maxRate", "fp"];

export const mqprio: Translation<MqprioOptions> = {
  paths: { ...shaperRules.paths, tc: "numTc", map: "prioTcMap", queues: "count", fp: "tcEntry" },
  write(words, path, links) {
    onlyWords(words, path, mqprioWords);
    const { tc, map, queues, hw = true, fp, ...rest } = words;
    return {
      ...writeClasses({ tc, map, queues }, path),
      hw: Number(hw),
      tcEntry: fp?.map((one, index) => ({ index, fp: one })),
      ...shaperRules.write(rest, path, links),
    };
  },
  read({ numTc, prioTcMap, hw, count, offset, tcEntry, ...rest }: Plain<MqprioAttrs>, links) {
    return withoutUndefined<MqprioOptions>({
      ...readClasses({ numTc, prioTcMap, count, offset }),
      hw: hw === undefined ? undefined : hw !== 0,
      ...shaperRules.read(rest, links),
      fp: tcEntry?.map((entry) => entry.fp as FramePreemption),
    });
  },
};

/** One entry of a schedule. */
export interface ScheduleEntry {
  /** Its place; only read. */
  index?: number;
  /** `S` sets the gates, `H` holds, `R` releases frames that can be preempted; default `S`. */
  cmd?: "S" | "H" | "R";
  /** Traffic classes whose gate is open, a bit each. */
  gatemask: number;
  /** ns */
  interval: number;
}

/** Time-aware priority shaper (tc-taprio(8)); times are ns here, as tc has them. */
export interface TaprioOptions extends TrafficClasses {
  clockid?: "REALTIME" | "MONOTONIC" | "BOOTTIME" | "TAI";
  /** When the schedule begins, by the clock, ns. */
  baseTime?: number;
  /** ns; default the sum of the intervals. */
  cycleTime?: number;
  /** ns */
  cycleTimeExtension?: number;
  schedule?: ScheduleEntry[];
  /** Packets have the time of their sending: for etf below it. */
  txtimeAssist?: boolean;
  /** The hardware does all of it. */
  fullOffload?: boolean;
  /** With `txtimeAssist`, ns. */
  txtimeDelay?: number;
  /** Of each traffic class, bytes; 0 is no limit. */
  maxSdu?: number[];
  /** Of each traffic class: frame preemption. */
  fp?: FramePreemption[];
  /** The schedule that has not begun yet; only read. */
  admin?: Pick<TaprioOptions, "baseTime" | "cycleTime" | "cycleTimeExtension" | "schedule">;
}

const scheduleRules = {
  baseTime: "schedBaseTime",
  cycleTime: "schedCycleTime",
  cycleTimeExtension: "schedCycleTimeExtension",
  schedule: "schedEntryList.entry",
};
const taprioRules = ruled({
  ...scheduleRules,
  clockid: clock("schedClockid"),
  txtimeAssist: has("flags", "txtime-assist"),
  fullOffload: has("flags", "full-offload"),
  txtimeDelay: "txtimeDelay",
});
const entryRules = ruled({
  index: "index",
  cmd: oneOf("cmd", { S: "set-gates", H: "set-and-hold", R: "set-and-release" }),
  gatemask: "gateMask",
});
const adminRules = ruled(scheduleRules);
const taprioWords = [...Object.keys(taprioRules.paths), "tc", "map", "queues", "maxSdu", "fp", "admin"];

export const taprio: Translation<TaprioOptions> = {
  paths: {
    ...taprioRules.paths,
    tc: "priomap.numTc",
    map: "priomap.prioTcMap",
    queues: "priomap.count",
    maxSdu: "tcEntry",
  },
  write(words, path, links) {
    onlyWords(words, path, taprioWords);
    const { tc, map, queues, maxSdu, fp, schedule, admin: _read, ...rest } = words;
    const entries = schedule?.map(({ index: _place, ...entry }, n) =>
      entryRules.write({ cmd: "S", ...entry }, `${path}schedule[${n}].`, links),
    );
    const limits = Array.from({ length: Math.max(maxSdu?.length ?? 0, fp?.length ?? 0) }, (_, index) => ({
      index,
      maxSdu: maxSdu?.[index],
      fp: fp?.[index],
    }));
    return {
      // A schedule alone changes the one that is there.
      priomap: tc === undefined && queues === undefined ? undefined : writeClasses({ tc, map, queues }, path),
      ...taprioRules.write({ ...rest, schedule: entries }, path, links),
      tcEntry: limits.length === 0 ? undefined : limits,
    };
  },
  read({ priomap, tcEntry, adminSched, ...rest }: Plain<TaprioAttrs>, links) {
    const entries = (words: Pick<TaprioOptions, "schedule">) => ({
      ...words,
      ...(words.schedule && {
        schedule: words.schedule.map((one) => entryRules.read(one, links) as ScheduleEntry),
      }),
    });
    const sdus = tcEntry?.map((entry) => entry.maxSdu ?? 0);
    return withoutUndefined<TaprioOptions>({
      ...(priomap && readClasses(priomap)),
      ...entries(taprioRules.read(rest, links)),
      maxSdu: sdus?.some((size) => size > 0) ? sdus : undefined,
      fp: tcEntry?.some((entry) => entry.fp !== undefined)
        ? tcEntry.map((entry) => (entry.fp ?? "express") as FramePreemption)
        : undefined,
      admin: adminSched && entries(adminRules.read(adminSched, links)),
    });
  },
};
