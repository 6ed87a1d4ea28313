/** Statements that are one expression each, in both directions. */
import { InputError } from "../../netlink/errors.ts";
import { datatypes, numberOf } from "./datatypes.ts";
import { boundsOf } from "./elements.ts";
import type { Statement } from "./json.ts";
import { logFlags, logFlagsInWords } from "./statement-words.ts";
import { type Of, Untold } from "./untold.ts";

type Limit = Extract<Statement, { limit: unknown }>["limit"];
type Log = NonNullable<Extract<Statement, { log: unknown }>["log"]>;
type Queue = NonNullable<Extract<Statement, { queue: unknown }>["queue"]>;

const seconds = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800 } as const;
const sizes = { mbytes: 1024 ** 2, kbytes: 1024, bytes: 1 } as const;

function wordOf<T extends object>(words: T, word: string, path: string): number {
  if (!Object.hasOwn(words, word))
    throw new InputError(path, `one of ${Object.keys(words).join(", ")}`, word);
  return Number(words[word as keyof T]);
}

/** In the largest unit that it is a whole number of. */
function inBytes(value: number): [number, string] {
  const [unit, size] = Object.entries(sizes).find(([, size]) => value > 0 && value % size === 0) ?? [
    "bytes",
    1,
  ];
  return [value / size, unit];
}

export function writeLimit(limit: Limit, path: string): Of<"limit"> {
  const { rate, per, burst, rate_unit = "packets", burst_unit = "bytes", inv } = limit;
  const unit = BigInt(wordOf(seconds, per, `${path}.per`));
  const flags: Of<"limit">["flags"] = inv ? ["inv"] : [];
  if (rate_unit === "packets") return { rate: BigInt(rate), unit, burst: burst ?? 5, type: "pkts", flags };
  const size = wordOf(sizes, rate_unit, `${path}.rate_unit`);
  const burstSize = wordOf(sizes, burst_unit, `${path}.burst_unit`);
  return { rate: BigInt(rate * size), unit, burst: (burst ?? 0) * burstSize, type: "pkt-bytes", flags };
}

export function readLimit({ rate = 0n, unit = 1n, burst = 0, type, flags }: Of<"limit">): Statement {
  const per = Object.entries(seconds).find(([, length]) => BigInt(length) === unit)?.[0];
  if (per === undefined) throw new Untold(`limit per ${unit}`);
  const inv = flags?.includes("inv") ? { inv: true } : {};
  if (type !== "pkt-bytes") {
    return { limit: { rate: Number(rate), ...(burst > 0 && { burst }), per, ...inv } };
  }
  const [scaled, rate_unit] = inBytes(Number(rate));
  const [scaledBurst, burst_unit] = inBytes(burst);
  return { limit: { rate: scaled, per, rate_unit, burst: scaledBurst, burst_unit, ...inv } };
}

export function writeLog(log: Log, path: string): Of<"log"> {
  const { prefix, level, group, snaplen, flags } = log;
  return {
    prefix,
    group,
    snaplen,
    qthreshold: log["queue-threshold"],
    level: group === undefined ? (level as Of<"log">["level"]) : undefined,
    flags: flags === undefined ? undefined : logFlags(flags, `${path}.flags`),
  };
}

export function readLog({ prefix, group, snaplen, qthreshold, level, flags }: Of<"log">): Log {
  const words = logFlagsInWords(flags);
  return {
    ...(prefix !== undefined && { prefix }),
    ...(group !== undefined && { group }),
    ...(snaplen !== undefined && snaplen > 0 && { snaplen }),
    ...(qthreshold !== undefined && qthreshold > 0 && { "queue-threshold": qthreshold }),
    ...(group === undefined && level !== undefined && level !== "warning" && { level: String(level) }),
    ...(words !== undefined && { flags: words }),
  };
}

const queueFlags = { bypass: "bypass", fanout: "cpu-fanout" } as const;

export function writeQueue({ num = 0, flags = [] }: Queue, path: string): Of<"queue"> {
  const { from, to } = boundsOf(num, datatypes.inet_service, `${path}.num`);
  const set = [flags].flat().map((word) => {
    if (!Object.hasOwn(queueFlags, word)) throw new InputError(`${path}.flags`, "bypass or fanout", word);
    return queueFlags[word as keyof typeof queueFlags];
  });
  return { num: numberOf(from), total: numberOf(to) - numberOf(from) + 1, flags: set };
}

export function readQueue({ num = 0, total = 1, flags, sregQnum }: Of<"queue">): Statement {
  if (sregQnum !== undefined) throw new Untold("queue");
  const words = (flags ?? []).map((flag) => (flag === "cpu-fanout" ? "fanout" : String(flag)));
  return {
    queue: {
      num: total > 1 ? { range: [num, num + total - 1] } : num,
      ...(words.length > 0 && { flags: words.length === 1 ? words[0]! : words }),
    },
  };
}
