/** Which channel carries what, and what serves where the preferred one does not work. */
import { InputError, NetlinkError } from "../errors.ts";
import type { Channel, ChannelOptions, OpenChannel } from "./channel.ts";
import { KoffiChannel } from "./koffi-channel.ts";
import { UnixDgramChannel } from "./unix-dgram-channel.ts";

const KINDS: readonly (string | undefined)[] = ["unix-dgram", "koffi"];

/**
 * Opens a netlink socket.
 *
 * Requests go over unix-dgram, or over koffi with {@link Channel.because} saying why. Streams go over koffi: a dump
 * needs a reader that can stop reading, a multicast group one that survives errors of the socket, and unix-dgram's
 * watch can do neither. The environment variable `NLKIT_CHANNEL` (`koffi` or `unix-dgram`) does for requests what
 * {@link ChannelOptions.kind} does: use this one or fail.
 *
 * @throws {@link SystemError} where the kernel refuses the socket, the namespace or an option.
 * @throws {@link NetlinkError} `ERR_NETLINK_UNSUPPORTED` without Linux, koffi or the implementation asked for.
 */
export function openChannel(options: ChannelOptions): Channel {
  const { [WRAPPER]: wrap } = globalThis as { [WRAPPER]?: (open: OpenChannel) => OpenChannel };
  return wrap ? wrap(open)(options) : open(options);
}

/** Where `nlkit record` puts what records every socket of a program, whichever copy of nlkit that has. */
export const WRAPPER = Symbol.for("nlkit.openChannel");

function open(options: ChannelOptions): Channel {
  const fromEnvironment = options.use === "requests" ? process.env.NLKIT_CHANNEL || undefined : undefined;
  const kind = options.kind ?? fromEnvironment;
  if (kind !== undefined && !KINDS.includes(kind)) {
    throw new InputError(options.kind ? "kind" : "NLKIT_CHANNEL", "unix-dgram or koffi", kind);
  }
  if (kind === "unix-dgram") return new UnixDgramChannel(options);
  if (kind === "koffi") return new KoffiChannel(options, options.kind ? undefined : "NLKIT_CHANNEL=koffi");
  if (options.use === "stream") return new KoffiChannel(options);
  try {
    return new UnixDgramChannel(options);
  } catch (error) {
    if (!(error instanceof NetlinkError && error.code === "ERR_NETLINK_UNSUPPORTED")) throw error;
    return new KoffiChannel(options, error.message);
  }
}
