/** What stands before a system call on a line of strace: the process, the time. */

export interface StraceLine {
  readonly pid: number | undefined;
  /** Milliseconds since 1970; of a time of day since midnight, and with -r since the first line. */
  readonly time: number | undefined;
  readonly rest: string;
}

// [pid 4711<name>] or 4711<name>; 10:20:30.5 or 1795246880.870838; 0.000094 or (+ 0.000094); [ip] or [number]
const PREFIX =
  /^(?:\[pid\s+(\d+)(?:<[^>]*>)?\]\s*|(\d{1,7})(?:<[^>]*>)?(?=\s)\s*)?(?:(\d\d):(\d\d):(\d\d(?:\.\d+)?)\s+|(\d{9,11}(?:\.\d+)?)\s+)?(?:\(?\+?\s*(\d{1,8}\.\d+)\)?\s+)?(?:\[[\s0-9a-f?]+\]\s+)*/;

const DAY = 86_400_000;

export class StraceClock {
  #last: number | undefined;
  #days = 0;
  #elapsed = 0;

  /** Reads a line's beginning. */
  read(text: string): StraceLine {
    const found = PREFIX.exec(text)!;
    const pid = found[1] ?? found[2];
    return {
      pid: pid === undefined ? undefined : Number(pid),
      time: this.#time(found),
      rest: text.slice(found[0].length),
    };
  }

  #time([, , , hours, minutes, seconds, epoch, relative]: RegExpExecArray): number | undefined {
    if (epoch !== undefined) return Number(epoch) * 1000;
    if (hours === undefined)
      return relative === undefined ? undefined : (this.#elapsed += Number(relative) * 1000);
    const time = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
    // Another day has begun.
    if (this.#last !== undefined && time < this.#last - DAY / 2) this.#days++;
    this.#last = time;
    return this.#days * DAY + time;
  }
}
