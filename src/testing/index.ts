/** `nlkit/testing`: recording what a kernel says, playing it back, making it fail. */
export * from "../decode/capture/fixture.ts";
export { type CompareOptions, compareFixtures } from "./compare.ts";
export { type ConvertOptions, fixtureFrom, fixtureOf, toPcapng } from "./convert.ts";
export {
  assertEncodes,
  type Encodable,
  EncodingError,
  type EncodingOptions,
  encodingDifference,
  encodingText,
  type NetlinkMatchers,
  netlinkMatchers,
} from "./encoding.ts";
export * from "./faults/index.ts";
export { formatFixture } from "./format.ts";
export { type Recording, type RecordOptions, record } from "./record.ts";
export { type RecordProgramOptions, recordProgram } from "./record-program.ts";
export { type Replay, type ReplayOptions, replay, withReplay } from "./replay.ts";
export { ReplayError } from "./replay-error.ts";
export { Sandbox, SandboxError, whyNoSandbox, withSandbox } from "./sandbox.ts";
export { type Volatile, type VolatileGroup, volatileGroups } from "./volatile.ts";
