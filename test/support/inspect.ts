/** Every shape that a schema reaches. */
import type { AttributeSet } from "../../src/netlink/codec/attributes.ts";
import type { LazyShape, PayloadShape } from "../../src/netlink/codec/lazy.ts";
import type { Message } from "../../src/netlink/codec/message.ts";
import type { MessageBy } from "../../src/netlink/codec/message-by.ts";
import type { Protocol } from "../../src/netlink/codec/protocol.ts";
import type { Shape } from "../../src/netlink/codec/shape.ts";
import type { StructShape } from "../../src/netlink/codec/struct.ts";
import type { StructThen } from "../../src/netlink/codec/struct-then.ts";
import type { SubMessage } from "../../src/netlink/codec/sub-message.ts";

export type AnyShape = Shape<unknown>;

export const isSet = (shape: AnyShape): shape is AttributeSet<unknown> => "byType" in shape;
export const isStruct = (shape: AnyShape): shape is StructShape<unknown> => "fields" in shape;
export const isStructThen = (shape: AnyShape): shape is StructThen<unknown> => "header" in shape;
export const isSubMessage = (shape: AnyShape): shape is SubMessage<unknown> => "formats" in shape;
export const isLazy = (shape: AnyShape): shape is LazyShape<unknown> => "resolve" in shape;
export const isPayload = (shape: AnyShape): shape is PayloadShape<unknown> => "message" in shape;

const isChoice = (message: Message<unknown>): message is MessageBy<unknown> => "formats" in message;

/** The messages of a protocol, each once. */
export function messagesOfProtocol(protocol: Protocol): Message<unknown>[] {
  const all = [...protocol.types.values(), ...protocol.requests.values()].flatMap(({ message }) =>
    isChoice(message) ? [...Object.values(message.formats), message.otherwise] : [message],
  );
  return [...new Set(all)];
}

function inside(shape: AnyShape): AnyShape[] {
  if (isLazy(shape)) return [shape.resolve()];
  if (isPayload(shape)) return [shape.message.header, shape.message.attributes];
  if (isSet(shape)) return Object.values(shape.attributes).map((attribute) => attribute.shape);
  if (isStruct(shape)) return shape.fields.map((field) => field.shape);
  if (isSubMessage(shape)) return [...Object.values(shape.formats), shape.otherwise];
  if (isStructThen(shape)) return [shape.header, shape.of];
  return shape.of ? [shape.of] : [];
}

/** Shapes reachable from these, these included, each once. */
export function reachable(from: readonly AnyShape[]): Set<AnyShape> {
  const seen = new Set<AnyShape>();
  const visit = (shape: AnyShape): void => {
    if (seen.has(shape)) return;
    seen.add(shape);
    inside(shape).forEach(visit);
  };
  from.forEach(visit);
  return seen;
}

export function shapesOf(protocol: Protocol): Set<AnyShape> {
  return reachable(
    messagesOfProtocol(protocol).flatMap((message) => [message.header, message.attributes] as AnyShape[]),
  );
}

/** Every attribute set of a protocol. */
export function setsOf(protocol: Protocol): AttributeSet<unknown>[] {
  return [...shapesOf(protocol)].filter(isSet);
}

/** The shape that a sub-message has among these values, innermost last. */
export function chosen(shape: SubMessage<unknown>, scopes: readonly Record<string, unknown>[]): AnyShape {
  const scope = scopes.findLast((values) => values[shape.selector] !== undefined);
  const key = String(scope?.[shape.selector]);
  return Object.hasOwn(shape.formats, key) ? (shape.formats[key] as AnyShape) : shape.otherwise;
}
