/** `nlkit/testing`: recording what a kernel says, playing it back, making it fail. */
export * from "../decode/capture/fixture.ts";
export { formatFixture } from "./format.ts";
export { type Recording, type RecordOptions, record } from "./record.ts";
export { type Replay, type ReplayOptions, replay } from "./replay.ts";
export { ReplayError } from "./replay-error.ts";
export { type Volatile, type VolatileGroup, volatileGroups } from "./volatile.ts";
