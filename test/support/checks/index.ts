/** What every protocol's schema is held to. */
import type { Protocol } from "../../../src/netlink/codec/protocol.ts";
import { checkCompiled } from "./compiled.ts";
import { checkExplained } from "./explain.ts";
import { checkHostile } from "./hostile.ts";
import { checkRewrites } from "./rewrite.ts";
import { checkRoundTrips } from "./roundtrip.ts";
import { checkWrongValues } from "./wrong-values.ts";

/** Everything but the constants, which have their exceptions. rtnetlink, by far the largest, has a file for each. */
export function checkSchema(protocol: Protocol): void {
  checkRoundTrips(protocol);
  checkRewrites(protocol);
  checkCompiled(protocol);
  checkExplained(protocol);
  checkWrongValues(protocol);
  checkHostile(protocol);
}
