import type { Shape } from "../../netlink/codec/shape.ts";
import { stringOf, textBytes } from "../../netlink/codec/string.ts";
import { InputError } from "../../netlink/errors.ts";

const IFNAMSIZ = 16;
const ALTIFNAMSIZ = 128;

/** As the kernel's dev_valid_name() has it, which looks at bytes: 0xa0 is white space, U+2003 is not. */
function check(name: unknown, max: number): void {
  const expected = `a name of 1 to ${max} bytes without "/", ":" or white space, and neither "." nor ".."`;
  if (typeof name !== "string" || name === "" || name === "." || name === "..")
    throw new InputError("", expected, name);
  const bytes = textBytes(name);
  if (bytes.length > max || bytes.some((byte) => byte === 0x2f || byte === 0x3a || isSpace(byte)))
    throw new InputError("", expected, name);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0xa0;
}

function name(max: number): Shape<string> {
  const text = stringOf(max);
  return {
    ...text,
    put: (code, value, at) => `(${code.capture(check)}(${value}, ${max}), ${text.put!(code, value, at)})`,
    encode(output, value, scope) {
      check(value, max);
      text.encode(output, value, scope);
    },
  };
}

/** Name of a link, up to 15 bytes (IFNAMSIZ, linux/if.h). */
export const ifname: Shape<string> = name(IFNAMSIZ - 1);
/** Alternative name of a link, up to 127 bytes (ALTIFNAMSIZ, linux/if_link.h). */
export const altifname: Shape<string> = name(ALTIFNAMSIZ - 1);
