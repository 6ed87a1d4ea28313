export * from "./entry.ts";
export * from "./message.ts";
export * from "./requests.ts";
