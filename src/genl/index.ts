export * from "./constants.ts";
export * from "./ctrl/index.ts";
export * from "./header.ts";
export * from "./opaque.ts";
export * from "./protocol.ts";
