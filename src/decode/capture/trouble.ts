/** Places of an input that give no datagram. */
import type { Captured } from "./captured.ts";

export function trouble(offset: number, problem: string): Captured {
  return { offset, bytes: new Uint8Array(0), length: 0, problems: [problem] };
}

/** Lines one behind the other that make no sense are told once. */
export class UnreadableLines {
  #offset = 0;
  #count = 0;
  #problem = "";

  add(offset: number, problem: string): void {
    if (this.#count++ > 0) return;
    this.#offset = offset;
    this.#problem = problem;
  }

  tell(out: Captured[]): void {
    const count = this.#count;
    if (count === 0) return;
    this.#count = 0;
    const problem = count === 1 ? this.#problem : `${count} lines cannot be read: ${this.#problem}`;
    out.push(trouble(this.#offset, problem));
  }
}
