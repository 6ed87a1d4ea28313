/** The explained tree of any message agrees with its bytes and with the decoded object. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, test } from "vitest";
import { Input } from "../../../src/netlink/codec/input.ts";
import { encodePayload } from "../../../src/netlink/codec/message.ts";
import type { Protocol } from "../../../src/netlink/codec/protocol.ts";
import type { Explained } from "../../../src/netlink/codec/shape.ts";
import { arbitraryMessage } from "../arbitrary.ts";
import { messagesOfProtocol } from "../inspect.ts";
import { bytes, ORDERS, zeros } from "../wire.ts";

const OFFSET = 16;

/** The value that the names of a path lead to. */
function pick(value: unknown, name: string): unknown {
  const [, field, index] = /^([^[]*)(?:\[(\d+)\])?$/.exec(name)!;
  const part = field === "" ? value : (value as Record<string, unknown>)[field!];
  return index === undefined ? part : (part as unknown[])[Number(index)];
}

function check(
  parts: readonly Explained[],
  value: unknown,
  view: DataView,
  little: boolean,
  from: number,
  to: number,
) {
  let at = from;
  for (const part of parts) {
    assert.ok(part.start >= at && part.start <= part.valueStart, `${part.name} starts before ${at}`);
    assert.ok(part.end <= to && part.valueStart <= part.end, `${part.name} ends behind ${to}`);
    at = part.end;
    if (part.attributeType !== undefined) {
      assert.equal(part.valueStart, part.start + 4);
      assert.equal(view.getUint16(part.start, little), part.end - part.start);
      assert.equal(view.getUint16(part.start + 2, little), part.attributeType);
    }
    assert.equal(part.problem, undefined);
    const inner = pick(value, part.name);
    // The number of an element is the attribute's own type.
    const keyed = inner as { id?: unknown; value?: unknown } | undefined;
    const isKeyed = part.children?.length === 1 && keyed?.id === (part.attributeType ?? 0) % 0x4000;
    const whole = isKeyed && Object.keys(keyed).join() === "id,value" ? { value: keyed.value } : inner;
    if (part.children) check(part.children, whole, view, little, part.valueStart, part.end);
    else assert.deepEqual(part.value, inner, part.name);
  }
  const names = new Set(parts.map(({ name }) => name.replace(/\[\d+\]$/, "")));
  if (typeof value === "object" && !Array.isArray(value))
    assert.deepEqual(
      [...names].sort(),
      Object.keys(value as object)
        .filter((key) => pick(value, key) !== undefined)
        .sort(),
    );
}

export function checkExplained(protocol: Protocol): void {
  describe.each(ORDERS)("%s endian", (byteOrder) => {
    test.each(messagesOfProtocol(protocol).map((message) => [message.name, message] as const))(
      "%s",
      (_name, message) => {
        fc.assert(
          fc.property(arbitraryMessage(message), (value) => {
            const whole = bytes(zeros(OFFSET), encodePayload(message, value, byteOrder));
            const input = new Input(whole, { byteOrder });
            const parts = message.explain(input, OFFSET, whole.length - OFFSET);
            check(parts, value, input.view, input.little, OFFSET, whole.length);
          }),
          { numRuns: 80 },
        );
      },
    );
  });
}
