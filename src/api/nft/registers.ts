/** The kernel's registers: 64 bytes, named in sixteens and in fours. */
import type { Register } from "../../nft/index.ts";

/** The register that begins at a four of bytes: 0 to 15. */
export function registerAt(word: number): Register {
  return word % 4 === 0
    ? (`reg-${word / 4 + 1}` as Register)
    : (`reg32-${String(word).padStart(2, "0")}` as Register);
}

/** Where a register begins, in fours of bytes; undefined of the verdict's. */
export function wordOf(register: Register | undefined): number | undefined {
  const [, wide, narrow] = /^reg(?:-(\d)|32-(\d\d))$/.exec(String(register)) ?? [];
  if (wide !== undefined) return (Number(wide) - 1) * 4;
  return narrow === undefined ? undefined : Number(narrow);
}

/** How many fours a value takes. */
export const wordsFor = (bytes: number): number => Math.ceil(bytes / 4);
