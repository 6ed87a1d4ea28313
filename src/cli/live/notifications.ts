/** Multicast notifications as they come, undecoded: a live capture. */
import type { Captured } from "../../decode/capture/captured.ts";
import { NETLINK_ROUTE } from "../../netlink/constants.ts";
import { OverrunError, SystemError } from "../../netlink/errors.ts";
import type { Channel, Datagram, OpenChannel } from "../../netlink/socket/channel.ts";
import { openChannel } from "../../netlink/socket/open.ts";
import { readable } from "./readable.ts";

export interface NotificationsOptions {
  /** RTNLGRP_LINK … */
  readonly groups: readonly number[];
  /** NETLINK_ROUTE, which is the default, … */
  readonly protocol?: number | undefined;
  /** Descriptor of the namespace to listen in, needed until the first call of `next` has returned; default: the caller's. */
  readonly netns?: number | undefined;
  /** Hear every namespace that has an id in this one, too; needs CAP_NET_BROADCAST. */
  readonly allNsid?: boolean | undefined;
  /** What `netns` is in the datagrams of the namespace with this id, undefined for the socket's own. */
  readonly nameOf?: ((nsid: number | undefined) => Promise<string | undefined>) | undefined;
  /** Called for a group that the kernel does not have, instead of throwing. */
  readonly refused?: ((group: number, error: SystemError) => void) | undefined;
  /** Receive buffer, in bytes; default 64 MiB. */
  readonly receiveBuffer?: number | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  readonly open?: OpenChannel | undefined;
}

const BURST = 64 << 20;

/**
 * Joins multicast groups and gives every datagram that comes, until `signal` or the reader ends it. Messages that the
 * kernel dropped are a datagram that `failed` with ENOBUFS.
 *
 * @throws SystemError a group that the kernel does not have (`EINVAL`), or no permission (`EPERM`).
 * @example
 * for await (const captured of notifications({ groups: [RTNLGRP_LINK] })) console.log(conversation.take(captured));
 */
export async function* notifications(
  options: NotificationsOptions,
): AsyncGenerator<Captured, void, undefined> {
  const { protocol = NETLINK_ROUTE, netns, allNsid, receiveBuffer = BURST, signal } = options;
  const { open = openChannel, nameOf } = options;
  const channel = open({ protocol, netns, allNsid, receiveBuffer, use: "stream" });
  let offset = 0;
  try {
    for (const group of options.groups) join(channel, group, options.refused);
    while (!signal?.aborted) {
      const next = receive(channel);
      if (!next) {
        await readable(channel, signal);
        continue;
      }
      const { portId } = channel;
      const common = { offset, protocol, portId, direction: "received", time: now() } as const;
      if (next instanceof OverrunError) {
        yield { ...common, bytes: new Uint8Array(), length: 0, failed: "ENOBUFS", problems: [next.message] };
        continue;
      }
      // The channel uses its buffer again.
      const bytes = next.bytes.slice();
      const { length, groups, nsid } = next;
      offset += bytes.length;
      const name = await nameOf?.(nsid);
      yield { ...common, bytes, length, groups, netns: name, socket: name, problems: [] };
    }
  } finally {
    channel.close();
  }
}

function join(channel: Channel, group: number, refused: NotificationsOptions["refused"]): void {
  try {
    channel.join(group);
  } catch (error) {
    if (!refused || !(error instanceof SystemError && error.code === "EINVAL")) throw error;
    refused(group, error);
  }
}

const now = (): number => performance.timeOrigin + performance.now();

function receive(channel: Channel): Datagram | OverrunError | undefined {
  try {
    for (;;) {
      const datagram = channel.receive();
      // Other programs may send to a group, too.
      if (!datagram || datagram.portId === 0) return datagram;
    }
  } catch (error) {
    if (error instanceof OverrunError) return error;
    throw error;
  }
}
