/** Everything that netlink sockets of a namespace send and receive, from an nlmon device: a live capture. */
import { Netns } from "../../api/netns/netns.ts";
import type { Captured } from "../../decode/capture/captured.ts";
import { NetlinkError } from "../../netlink/errors.ts";
import { KernelError } from "../../netlink/kernel-error.ts";
import { Tap } from "../../netlink/socket/tap.ts";
import { readable } from "./readable.ts";

export interface NlmonOptions {
  /** Where to listen, kept open by its owner; default: the caller's namespace. */
  readonly netns?: Netns | undefined;
  /** Name of the device; default `nlkit-PID`. */
  readonly ifname?: string | undefined;
  /** Receive buffer, in bytes; default 64 MiB. */
  readonly receiveBuffer?: number | undefined;
  /** Ends it. */
  readonly signal?: AbortSignal | undefined;
  /** Called with how many datagrams more were lost. */
  readonly lost?: ((count: number) => void) | undefined;
  /** Called, and waited for, when the device is there. */
  readonly ready?: ((ifname: string) => Promise<void>) | undefined;
}

/**
 * Makes an nlmon device, gives every datagram it hears, and removes it when `signal` or the reader ends it. Datagrams
 * that found no room in the receive buffer are told of as one that `failed` with ENOBUFS.
 *
 * nlmon does not say which direction a datagram went, nor who sent it.
 *
 * @throws NetlinkError `ERR_NETLINK_UNSUPPORTED` the kernel has no nlmon.
 * @throws KernelError, SystemError `EPERM` without CAP_NET_ADMIN and CAP_NET_RAW.
 */
export async function* nlmonDatagrams(options: NlmonOptions = {}): AsyncGenerator<Captured, void, undefined> {
  const { receiveBuffer, ifname = `nlkit-${process.pid}` } = options;
  const own = options.netns ? undefined : await Netns.current();
  const netns = options.netns ?? own!;
  let made = false;
  let tap: Tap | undefined;
  try {
    await addDevice(netns, ifname);
    made = true;
    const { ifindex } = await netns.link.get(ifname);
    // From here on, so that this program's own requests are not in it.
    tap = new Tap({ index: ifindex, netns: netns.fd, receiveBuffer });
    await options.ready?.(ifname);
    yield* datagrams(tap, options);
  } finally {
    tap?.close();
    if (made) await netns.link.delete(ifname).catch(gone);
    own?.close();
  }
}

async function addDevice(netns: Netns, ifname: string): Promise<void> {
  try {
    await netns.link.add({ ifname, kind: "nlmon", up: true });
  } catch (error) {
    if (!(error instanceof KernelError && error.code === "EOPNOTSUPP")) throw error;
    const message = "this kernel has no nlmon devices (CONFIG_NLMON, module nlmon)";
    throw new NetlinkError("ERR_NETLINK_UNSUPPORTED", message, { cause: error });
  }
}

/** Whoever deleted it, it is gone. */
function gone(error: unknown): void {
  if (!(error instanceof KernelError && error.code === "ENODEV")) throw error;
}

async function* datagrams(
  tap: Tap,
  { signal, lost: tell }: NlmonOptions,
): AsyncGenerator<Captured, void, undefined> {
  let offset = 0;
  let lost = 0;
  let end = Number.POSITIVE_INFINITY;
  for (;;) {
    // What came before the end is given, also where it has not been read yet; it may never be quiet.
    if (signal?.aborted) end = Math.min(end, performance.timeOrigin + performance.now());
    const next = tap.receive();
    if (next) {
      const { length, protocol, time } = next;
      if (time > end) return;
      const bytes = next.bytes.slice();
      yield { offset, bytes, length, protocol, time, problems: [] };
      offset += bytes.length;
      continue;
    }
    const before = lost;
    lost = tap.lost();
    if (lost > before) {
      tell?.(lost - before);
      const problems = [`${lost - before} datagrams were lost: the receive buffer was full`];
      yield { offset, bytes: new Uint8Array(), length: 0, failed: "ENOBUFS", problems };
    }
    if (signal?.aborted) return;
    await readable(tap, signal);
  }
}
