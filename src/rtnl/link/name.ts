import type { Shape } from "../../netlink/codec/shape.ts";
import { stringOf } from "../../netlink/codec/string.ts";
import { InputError } from "../../netlink/errors.ts";

const IFNAMSIZ = 16;
const ALTIFNAMSIZ = 128;

/** As the kernel's dev_valid_name() has it. */
function check(name: unknown, max: number): void {
  const expected = `a name of 1 to ${max} bytes without "/", ":" or white space, and neither "." nor ".."`;
  if (typeof name !== "string" || name === "" || name === "." || name === ".." || /[/:\s]/.test(name)) {
    throw new InputError("", expected, name);
  }
  if (new TextEncoder().encode(name).length > max) throw new InputError("", expected, name);
}

function name(max: number): Shape<string> {
  const text = stringOf(max);
  return {
    ...text,
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
