/** NFTA_OBJ_TYPE → what NFTA_OBJ_DATA holds: the one place that knows them all. */
import { connlimit } from "../../expressions/connlimit.ts";
import { counter } from "../../expressions/counter.ts";
import { limit } from "../../expressions/limit.ts";
import { quota } from "../../expressions/quota.ts";
import { synproxy } from "../../expressions/synproxy.ts";
import { ctExpect } from "./ct-expect.ts";
import { ctHelper } from "./ct-helper.ts";
import { ctTimeout } from "./ct-timeout.ts";
import { secmark } from "./secmark.ts";
import { tunnelKey } from "./tunnel.ts";

export const objectKinds = {
  counter,
  quota,
  "ct-helper": ctHelper,
  limit,
  connlimit,
  tunnel: tunnelKey,
  "ct-timeout": ctTimeout,
  secmark,
  "ct-expect": ctExpect,
  synproxy,
} as const;
