export * from "./message.ts";
export * from "./requests.ts";
