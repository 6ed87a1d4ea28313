/** `nlkit/rtnl`: the schema of rtnetlink and its requests, in the kernel's words. */
export * from "./addr/index.ts";
export * from "./addrlabel/index.ts";
export * from "./constants.ts";
export { type AddressFamily, addressFamily } from "./family.ts";
export * from "./groups.ts";
export * from "./link/index.ts";
export * from "./neigh/index.ts";
export * from "./netconf/index.ts";
export * from "./nexthop/index.ts";
export * from "./nsid/index.ts";
export { rtnetlink } from "./protocol.ts";
export * from "./route/index.ts";
export * from "./rule/index.ts";
export { type RtScope, rtScope } from "./scope.ts";
