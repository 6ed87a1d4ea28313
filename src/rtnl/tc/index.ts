export * from "./actions/action.ts";
export * from "./actions/message.ts";
export * from "./header.ts";
export * from "./message.ts";
export * from "./requests.ts";
