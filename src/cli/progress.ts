import type { Output } from "./io.ts";

/** Milliseconds between two looks of the bar, and before the first. */
const INTERVAL = 200;
const WIDTH = 30;

/** How far a file has been read: one line that is written over, on a terminal that shows nothing else. */
export class Progress {
  readonly #stream: Output;
  readonly #total: number;
  readonly #started = performance.now();
  #shownAt = performance.now();
  #shown = false;

  constructor(stream: Output, total: number) {
    this.#stream = stream;
    this.#total = total;
  }

  at(bytes: number): void {
    const now = performance.now();
    if (now - this.#shownAt < INTERVAL) return;
    this.#shownAt = now;
    this.#shown = true;
    const done = Math.min(1, bytes / this.#total);
    const bar = "█".repeat(Math.round(done * WIDTH)).padEnd(WIDTH, "░");
    const speed = bytes / ((now - this.#started) / 1000);
    const left = speed > 0 ? Math.round((this.#total - bytes) / speed) : 0;
    const text = `${bar} ${Math.floor(done * 100)} %  ${size(bytes)} of ${size(this.#total)}, ${size(speed)}/s, ${left} s left`;
    this.#stream.write(`\r\u001b[K${text}`);
  }

  /** Leaves no trace of itself. */
  end(): void {
    if (this.#shown) this.#stream.write("\r\u001b[K");
    this.#shown = false;
  }
}

function size(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB"];
  let unit = 0;
  for (; bytes >= 1024 && unit < units.length - 1; unit++) bytes /= 1024;
  return `${bytes < 10 && unit > 0 ? bytes.toFixed(1) : Math.round(bytes)} ${units[unit]}`;
}
