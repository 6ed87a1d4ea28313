import type { Verdict as RawVerdict } from "../../nft/index.ts";
import type { Verdict } from "./json.ts";
import { Untold } from "./untold.ts";

const words = ["accept", "drop", "continue", "return", "jump", "goto"] as const;

export function isVerdict(value: unknown): value is Verdict {
  return typeof value === "object" && value !== null && words.some((word) => word in value);
}

export function writeVerdict(verdict: Verdict): RawVerdict {
  const code = words.find((word) => word in verdict)!;
  if ("jump" in verdict) return { code, chain: verdict.jump.target };
  if ("goto" in verdict) return { code, chain: verdict.goto.target };
  return { code };
}

/** @throws Untold of a verdict that nft has no word for. */
export function readVerdict(verdict: RawVerdict | undefined): Verdict {
  const code = words.find((word) => word === verdict?.code);
  if (!code) throw new Untold(`a verdict ${verdict?.code}`);
  if (code === "jump" || code === "goto")
    return { [code]: { target: verdict!.chain ?? "" } } as unknown as Verdict;
  return { [code]: null } as unknown as Verdict;
}
