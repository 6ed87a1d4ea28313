export * from "./message.ts";
export * from "./requests.ts";
export * from "./type.ts";
