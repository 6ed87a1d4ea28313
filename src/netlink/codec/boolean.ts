import { InputError } from "../errors.ts";
import { u8 } from "./integer.ts";
import type { Shape } from "./shape.ts";

/** A u8 that is off or on. A value other than 0 and 1 stays a number. */
export const bool8: Shape<boolean | number> = {
  ...(u8 as unknown as Shape<boolean | number>),
  type: "bool u8",
  source: (_code, at) => `((t = B[${at}]) > 1 ? t : t === 1)`,
  decode(input, at) {
    const value = input.bytes[at]!;
    return value > 1 ? value : value === 1;
  },
  put: (code, value, at) =>
    `(typeof ${value} === "boolean" ? (B[${at}] = ${value} ? 1 : 0, 1) : ${u8.put!(code, value, at)})`,
  encode(output, value, scope) {
    if (typeof value !== "boolean" && typeof value !== "number") throw new InputError("", "a boolean", value);
    u8.encode(output, Number(value), scope);
  },
};
