import type { Input } from "../../netlink/codec/input.ts";
import { be32 } from "../../netlink/codec/integer.ts";
import type { Shape } from "../../netlink/codec/shape.ts";
import { DecodeError, InputError } from "../../netlink/errors.ts";

/** An entry of the stack has a label of 20 bits, a traffic class, the mark of the last entry, and a TTL (RFC 3032). */
const LABEL_SHIFT = 12;
const LAST = 0x100;
const MAX_LABEL = 0xfffff;

/**
 * A stack of MPLS labels as `ip` writes it, `100/200`: u32 for each in network byte order. Routes have neither traffic
 * class nor TTL in them; a stack that has is left as bytes.
 */
export const labels: Shape<string> = {
  type: "mpls labels",
  accepts: (length) => length > 0 && length % 4 === 0,
  decode(input: Input, at, length) {
    let text = "";
    for (let i = at; i < at + length; i += 4) {
      const entry = input.view.getUint32(i, false);
      const last = i + 4 === at + length;
      if ((entry & 0xfff) !== (last ? LAST : 0)) throw new DecodeError("not only labels in the stack", i);
      text += `${text === "" ? "" : "/"}${entry >>> LABEL_SHIFT}`;
    }
    return text;
  },
  encode(output, value, scope) {
    const expected = `MPLS labels up to ${MAX_LABEL} such as 100 or 100/200`;
    if (typeof value !== "string" || !/^(0|[1-9]\d*)(\/(0|[1-9]\d*))*$/.test(value)) {
      throw new InputError("", expected, value);
    }
    const stack = value.split("/").map(Number);
    for (const [index, label] of stack.entries()) {
      if (label > MAX_LABEL) throw new InputError("", expected, value);
      const entry = label * (1 << LABEL_SHIFT) + (index === stack.length - 1 ? LAST : 0);
      be32.encode(output, entry, scope);
    }
  },
};
