export * from "./encap/index.ts";
export * from "./header.ts";
export * from "./message.ts";
export * from "./metrics.ts";
export { multipath, type Rtnexthop } from "./nexthop.ts";
export * from "./requests.ts";
export * from "./via.ts";
