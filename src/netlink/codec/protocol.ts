import type { Message } from "./message.ts";

/** One message type of a protocol: `RTM_NEWLINK`, 16, and what its payload looks like. */
export interface MessageType<T> {
  readonly constant: string;
  readonly type: number;
  readonly message: Message<T>;
}

/** A netlink protocol: its number for socket(2), and its message types. */
export interface Protocol {
  /** `NETLINK_ROUTE` */
  readonly constant: string;
  readonly number: number;
  readonly types: ReadonlyMap<number, MessageType<unknown>>;
}

export function messageType<T>(constant: string, type: number, message: Message<T>): MessageType<T> {
  return { constant, type, message };
}

/** Declares a protocol from its message types; two of one number are refused. */
export function protocol(
  constant: string,
  number: number,
  types: readonly { constant: string; type: number }[],
): Protocol {
  const map = new Map<number, MessageType<unknown>>();
  for (const entry of types as readonly MessageType<unknown>[]) {
    const taken = map.get(entry.type);
    if (taken) throw new TypeError(`${entry.constant} and ${taken.constant} are both ${entry.type}`);
    map.set(entry.type, entry);
  }
  return { constant, number, types: map };
}
