/** `nlkit`: namespaces and what is in them, with iproute2's verbs and words. */
export type { Link, LinkFields, LinkStats } from "./api/link/read.ts";
export type { LinkFilter, LinkListOptions, Links } from "./api/link/link.ts";
export type { LinkAdd, LinkCreation, LinkSet, LinkSettings } from "./api/link/write.ts";
export type { NetnsExecOptions, NetnsExecResult } from "./api/netns/exec.ts";
export { Netns, type NetnsEntry, type NetnsOptions } from "./api/netns/netns.ts";
export type { NetnsTarget } from "./api/netns/open.ts";
export type { NetnsSpawnOptions } from "./api/netns/spawn.ts";
export type { Dev } from "./api/session.ts";
export * from "./netlink/errors.ts";
export { KernelError } from "./netlink/kernel-error.ts";
