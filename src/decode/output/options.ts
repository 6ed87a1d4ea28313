import type { InterfaceNameOf } from "../interface-index.ts";
import type { Style } from "../style.ts";
import type { Told } from "../told.ts";

/** What an output may be asked; each takes what is for it. */
export interface OutputOptions {
  /** Colours: `tree` and `line`. */
  readonly style?: Style | undefined;
  /** Characters that a line should not exceed (`line`): fields beyond are counted. Without it, all are shown. */
  readonly width?: number | undefined;
  /** The bytes in front of every field (`tree`). */
  readonly bytes?: boolean | undefined;
  /** Names of interfaces, where more is known than the capture says (`tree`, `line`). */
  readonly names?: InterfaceNameOf | undefined;
  /** Exactly the bytes of the capture, not only what they mean (`typescript`). */
  readonly exact?: boolean | undefined;
}

/** A datagram as text, without a line feed at its end; empty where there is nothing to say. */
export type Output = (told: Told, options?: OutputOptions) => string;

/** What is known of interfaces' names: from outside, else from the capture. */
export function namesOf(told: Told, { names }: OutputOptions): InterfaceNameOf {
  return (index) => names?.(index) ?? told.nameOf(index);
}
