export * from "./requests.ts";
