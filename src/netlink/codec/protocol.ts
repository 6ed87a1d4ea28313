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
  /** The types whose requests look otherwise than what the kernel sends with the same number. */
  readonly requests: ReadonlyMap<number, MessageType<unknown>>;
  /** Loads the message types of a protocol that comes without: {@link typesLater}. */
  readonly load?: (() => Promise<Protocol>) | undefined;
}

export function messageType<T>(constant: string, type: number, message: Message<T>): MessageType<T> {
  return { constant, type, message };
}

/**
 * Declares a protocol from its message types; two of one number are refused.
 *
 * @param requests - those that look otherwise when they are sent to the kernel.
 */
export function protocol(
  constant: string,
  number: number,
  types: readonly { constant: string; type: number }[],
  requests: readonly { constant: string; type: number }[] = [],
): Protocol {
  return { constant, number, types: byNumber(types), requests: byNumber(requests) };
}

/**
 * A protocol for clients that have the schemas of what they ask for: `types` and `requests` are empty. A subscription
 * loads those of all that it may hear of.
 */
export function typesLater(constant: string, number: number, load: () => Promise<Protocol>): Protocol {
  return { ...protocol(constant, number, []), load };
}

function byNumber(types: readonly { constant: string; type: number }[]): Map<number, MessageType<unknown>> {
  const map = new Map<number, MessageType<unknown>>();
  for (const entry of types as readonly MessageType<unknown>[]) {
    const taken = map.get(entry.type);
    if (taken) throw new TypeError(`${entry.constant} and ${taken.constant} are both ${entry.type}`);
    map.set(entry.type, entry);
  }
  return map;
}

/** The type of a message with this number: a request of its own where there is one. */
export function typeOf(
  { types, requests }: Protocol,
  type: number,
  request: boolean,
): MessageType<unknown> | undefined {
  return (request ? requests.get(type) : undefined) ?? types.get(type);
}
