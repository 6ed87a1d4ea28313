/** `nlkit/cli`: live captures for `nlkit/decode`, and the command itself as a function. */
export type { Input, Io, Output } from "./io.ts";
export { learnFamilies } from "./live/families.ts";
export { type NlmonOptions, nlmonDatagrams } from "./live/nlmon.ts";
export { type NotificationsOptions, notifications } from "./live/notifications.ts";
export { Strace, type TraceEnd, type TraceTarget } from "./live/strace.ts";
export { main } from "./main.ts";
