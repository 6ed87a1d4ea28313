export {
  duplicate,
  interruptDump,
  type LateOptions,
  late,
  type OverrunOptions,
  overrun,
  truncate,
} from "./arrivals.ts";
export type { Arriving, Fault, FaultOptions, OutgoingRequest } from "./fault.ts";
export { withFaults } from "./faulty-channel.ts";
export { type LackOptions, lack } from "./lack.ts";
export { type RefuseOptions, refuse } from "./refuse.ts";
