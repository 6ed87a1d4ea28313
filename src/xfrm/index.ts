export * from "./constants.ts";
export * from "./message.ts";
export { xfrm } from "./protocol.ts";
export * from "./types.ts";
