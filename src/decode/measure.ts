/** Numbers with a unit, in words that need no calculator. */

/** `1/100 s`, `64 ns`: so many of these. */
const scaled = /^(\d+)(?:\/(\d+))? (\S+)$/;

const FOREVER = 0xffffffff;

/**
 * `1500 bytes`, `65536 bytes (64 KiB)`, `4281.58 s (428158 × 1/100 s)`, `300000 ms (5 min)`, `forever (4294967295 s)`.
 */
export function measure(value: number | bigint, unit: string): string {
  const [, times, by, base] = scaled.exec(unit) ?? [];
  if (base !== undefined) {
    if (Number(value) === 0) return `0 ${base}`;
    const amount = (Number(value) * Number(times)) / Number(by ?? 1);
    const easier = base === "s" ? undefined : inWords(amount, base);
    return `${easier ?? `${amount} ${base}`} (${value} × ${unit})`;
  }
  if (unit === "s" && Number(value) === FOREVER) return `forever (${value} s)`;
  const easier = inWords(Number(value), unit);
  return easier === undefined ? `${value} ${unit}` : `${value} ${unit} (${easier})`;
}

const seconds: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, µs: 1e-6, ns: 1e-9 };

function inWords(value: number, unit: string): string | undefined {
  const second = seconds[unit];
  if (second !== undefined) return duration(value * second, unit);
  if (unit === "bytes")
    return value >= 10_000 ? steps(value, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]) : undefined;
  const bits = { "bytes/s": 8, "bit/s": 1, "kbit/s": 1e3, "Mbit/s": 1e6 }[unit];
  if (bits === undefined || value * bits < 1000) return undefined;
  const easier = steps(value * bits, 1000, ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"]);
  return easier === `${value} ${unit}` ? undefined : easier;
}

function duration(value: number, unit: string): string | undefined {
  if (value >= 120) return longDuration(Math.round(value));
  const [factor, easier] = value >= 1 ? [1, "s"] : value >= 1e-3 ? [1e3, "ms"] : [1e6, "µs"];
  if (easier === unit || value < 1e-6) return undefined;
  return `${short(value * factor)} ${easier}`;
}

function longDuration(value: number): string {
  const parts = [
    [Math.floor(value / 86_400), "d"],
    [Math.floor(value / 3600) % 24, "h"],
    [Math.floor(value / 60) % 60, "min"],
    [value % 60, "s"],
  ] as const;
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, name]) => `${count} ${name}`)
    .join(" ");
}

function steps(value: number, step: number, names: readonly string[]): string {
  let power = 0;
  let left = value;
  while (left >= step && power < names.length - 1) {
    left /= step;
    power++;
  }
  const text = short(left, 4);
  return `${Number(text) === left ? "" : "≈ "}${text} ${names[power]}`;
}

/** Few digits are enough to recognise it: the exact number stands beside it. */
function short(value: number, digits = 6): string {
  return String(Number(value.toPrecision(digits)));
}
