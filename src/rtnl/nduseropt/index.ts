export * from "./message.ts";
export { type NdOption, ndOptions } from "./options.ts";
export * from "./requests.ts";
export type { NdPref64 } from "./values.ts";
