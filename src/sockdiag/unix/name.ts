import type { Shape } from "../../netlink/codec/shape.ts";
import { readText, textBytes } from "../../netlink/codec/string.ts";
import { InputError } from "../../netlink/errors.ts";

/** The name of a unix socket: a path, which ends with a NUL, or what follows a NUL, which then is part of it. */
export const unixName: Shape<string> = {
  type: "unix name",
  acceptsAll: true,
  accepts: () => true,
  decode(input, at, length) {
    const isPath = length > 1 && input.bytes[at] !== 0 && input.bytes[at + length - 1] === 0;
    return readText(input, at, isPath ? length - 1 : length);
  },
  encode(output, value) {
    if (typeof value !== "string") throw new InputError("", "a string", value);
    output.append(textBytes(value));
    if (value !== "" && !value.startsWith("\0")) output.take(1);
  },
  text: (value) => (value.startsWith("\0") ? `@${value.slice(1)}` : value),
};
