/** A recording as what is to come: requests, what answers each, and notifications. */
import type {
  Failed,
  Fixture,
  Joined,
  Opened,
  ReceivedDatagram,
  SentDatagram,
} from "../decode/capture/fixture.ts";
import { Input } from "../netlink/codec/input.ts";
import { messagesOf } from "../netlink/codec/nlmsg.ts";

/** One message that was sent. */
export interface Expected {
  /** Number of the request in the recording, from 1. */
  readonly number: number;
  /** The socket it was sent on. */
  readonly opened: Opened;
  readonly bytes: Uint8Array;
  readonly sequence: number;
  /** What came back. */
  readonly answers: Arrival[];
  /** Sending it failed. */
  failed: Failed | undefined;
}

export type Arrival = ReceivedDatagram | Failed;

/** Something that came unasked. */
export interface Notified {
  readonly arrival: Arrival;
  /** The request after which it comes: the one that caused it, or that was sent last. */
  readonly after: Expected | undefined;
}

/** A socket that joined multicast groups, and what it heard. */
export interface Listener {
  readonly opened: Opened;
  readonly groups: Set<number>;
  readonly heard: Notified[];
}

export interface Script {
  readonly requests: readonly Expected[];
  readonly listeners: readonly Listener[];
  readonly opened: readonly Opened[];
}

/** Tells answers from notifications, and whose they are. */
export function scriptOf(fixture: Fixture): Script {
  const { byteOrder } = fixture;
  const requests: Expected[] = [];
  const listeners = new Map<number, Listener>();
  const opened = new Map<number, Opened>();
  const last = new Map<number, Expected>();

  const send = ({ channel, bytes }: SentDatagram): void => {
    const input = new Input(bytes, { byteOrder });
    for (const { offset, at, payloadLength, sequence } of messagesOf(input)) {
      const expected: Expected = {
        number: requests.length + 1,
        opened: opened.get(channel)!,
        bytes: bytes.slice(offset, at + payloadLength),
        sequence,
        answers: [],
        failed: undefined,
      };
      requests.push(expected);
      last.set(channel, expected);
    }
  };

  /** The request that a datagram answers, or that caused it. */
  const causeOf = (bytes: Uint8Array, isMine: (expected: Expected, portId: number) => boolean) => {
    const [first] = messagesOf(new Input(bytes, { byteOrder }));
    if (!first) return undefined;
    return requests.findLast(
      (request) => request.sequence === first.sequence && isMine(request, first.portId),
    );
  };

  const arrive = (arrival: Arrival): void => {
    const { channel } = arrival;
    const listener = listeners.get(channel);
    const isMulticast = arrival.event === "received" && (arrival.groups ?? 0) !== 0;
    const asked =
      arrival.event === "failed"
        ? last.get(channel)
        : isMulticast
          ? undefined
          : causeOf(arrival.bytes, ({ opened: { channel: own } }) => own === channel);
    if (asked) asked.answers.push(arrival);
    else if (listener) {
      const cause =
        arrival.event === "received"
          ? causeOf(arrival.bytes, ({ opened: { portId } }, port) => port !== 0 && portId === port)
          : undefined;
      listener.heard.push({ arrival, after: cause ?? requests.at(-1) });
    }
  };

  const join = ({ channel, event, group }: Joined): void => {
    if (event === "leave") return;
    const listener = listeners.get(channel) ?? { opened: opened.get(channel)!, groups: new Set(), heard: [] };
    listener.groups.add(group);
    listeners.set(channel, listener);
  };

  const every: Opened[] = [];
  // A channel's number may be used again: what its first owner heard stays with that.
  const heardBefore: Listener[] = [];
  for (const event of fixture.events) {
    switch (event.event) {
      case "open":
        opened.set(event.channel, event);
        every.push(event);
        break;
      case "sent":
        send(event);
        break;
      case "received":
        arrive(event);
        break;
      case "failed":
        if (event.syscall.startsWith("send") && last.has(event.channel))
          last.get(event.channel)!.failed = event;
        else arrive(event);
        break;
      case "join":
      case "leave":
        join(event);
        break;
      case "close": {
        const listener = listeners.get(event.channel);
        if (listener) heardBefore.push(listener);
        listeners.delete(event.channel);
        last.delete(event.channel);
        break;
      }
    }
  }
  return { requests, listeners: [...heardBefore, ...listeners.values()], opened: every };
}
