/** What is recorded on kernels and played back without them: programs that end in a value. */
import type { Netns } from "../../../src/index.ts";
import { batch } from "./batch.ts";
import { bonds } from "./bonds.ts";
import { bridge } from "./bridge.ts";
import { errors } from "./errors.ts";
import { monitor } from "./monitor.ts";
import { neighbours } from "./neighbours.ts";
import { routes } from "./routes.ts";
import { rules } from "./rules.ts";
import { shaping } from "./shaping.ts";
import { veth } from "./veth.ts";
import { vlans } from "./vlans.ts";
import { vxlan } from "./vxlan.ts";

/** A program over namespaces that are there and empty. */
export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly namespaces: readonly string[];
  /** What it takes that some kernels lack. */
  readonly needs?: string;
  /** What it saw: as JSON the same each time. */
  run(...namespaces: Netns[]): Promise<unknown>;
}

export const scenarios: readonly Scenario[] = [
  veth,
  bridge,
  vlans,
  vxlan,
  bonds,
  routes,
  rules,
  neighbours,
  shaping,
  monitor,
  batch,
  errors,
];
