export * from "./batch.ts";
export * from "./constants.ts";
export * from "./header.ts";
export * from "./hook.ts";
export { opaqueTypes } from "./opaque.ts";
export * from "./types.ts";
