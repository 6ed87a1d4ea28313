/** `nlkit/netlink`: the protocol. Framing, attributes, the schema language, codecs, errors, sockets. */

export { Batch, type Requester } from "./batch.ts";
export { Client, type ClientOptions, type ListOptions } from "./client.ts";
export * from "./codec/index.ts";
export * from "./constants.ts";
export type { Dump, DumpOptions } from "./dump.ts";
export { ERRNO, errnoName } from "./errno.ts";
export * from "./errors.ts";
export { KernelError } from "./kernel-error.ts";
export type { RequestOptions } from "./pending.ts";
export { change, dump, get, type Request } from "./request.ts";
export type { Channel, ChannelOptions, Datagram, OpenChannel } from "./socket/channel.ts";
export { openChannel } from "./socket/open.ts";
export { type TracedDatagram, traceChannel } from "./socket/trace.ts";
export type { Notification, Subscription, SubscriptionOptions } from "./subscription.ts";
export type { TransactionFrame } from "./transaction.ts";
