import { Netns } from "../api/netns/netns.ts";
import type { Captured } from "../decode/capture/captured.ts";
import { Client } from "../netlink/client.ts";
import { NETLINK_ROUTE } from "../netlink/constants.ts";
import { NetlinkError } from "../netlink/errors.ts";
import { openChannel } from "../netlink/socket/open.ts";
import { traceChannel } from "../netlink/socket/trace.ts";
import { listLinks } from "../rtnl/link/requests.ts";
import { rtnetlink } from "../rtnl/protocol.ts";
import { Display, type DisplayFlags } from "./display.ts";
import { Failure, type Io, type LimitFlags, untilInterrupted } from "./io.ts";
import { NamespaceNames } from "./live/namespace-names.ts";
import { notifications } from "./live/notifications.ts";
import { objects } from "./monitor-objects.ts";
import { Printer } from "./printer.ts";

export interface MonitorFlags extends DisplayFlags, LimitFlags {
  readonly netns?: string;
  readonly allNsid?: boolean;
}

/** `nlkit monitor` */
export async function monitor(asked: readonly string[], flags: MonitorFlags, io: Io): Promise<number> {
  const groups = groupsOf(asked);
  const { netns: name, allNsid } = flags;
  await using ns = await (name === undefined ? Netns.current() : Netns.open(name));
  const display = new Display(new Printer(io.stdout), flags, io);
  const names = new NamespaceNames(ns.client);
  const own = allNsid ? name : undefined;
  const known = new Set<string | undefined>();
  const nameOf = async (nsid: number | undefined): Promise<string | undefined> => {
    const label = nsid === undefined ? own : await names.nameOf(nsid);
    if (!known.has(label)) {
      known.add(label);
      for (const captured of await links(ns, nsid, label)) display.learn(captured);
    }
    return label;
  };
  await nameOf(undefined);
  // Which groups there are depends on the kernel; one that was asked for by name has to be there.
  const refused = isAll(asked) ? () => {} : undefined;
  await untilInterrupted(io, flags, async (signal) => {
    let seen = 0;
    for await (const captured of notifications({ groups, netns: ns.fd, allNsid, nameOf, signal, refused })) {
      await display.take(captured);
      await display.printer.flush();
      if (++seen === flags.count) break;
    }
  });
  return 0;
}

const isAll = (asked: readonly string[]): boolean => asked.length === 0 || asked.includes("all");

function groupsOf(asked: readonly string[]): number[] {
  for (const word of asked) {
    if (word === "all" || Object.hasOwn(objects, word)) continue;
    throw new Failure(
      `monitor: there is no ${JSON.stringify(word)}: ${Object.keys(objects).join(", ")} or all`,
    );
  }
  const words = isAll(asked) ? Object.keys(objects) : asked;
  return [...new Set(words.flatMap((word) => objects[word]!))];
}

/** The links of a namespace as the kernel lists them, for their names. */
async function links(ns: Netns, nsid: number | undefined, name: string | undefined): Promise<Captured[]> {
  const heard: Captured[] = [];
  const open = traceChannel(openChannel, ({ direction, bytes, length, time }) => {
    if (direction === "sent") return;
    heard.push({
      offset: 0,
      bytes,
      length,
      protocol: NETLINK_ROUTE,
      direction,
      time,
      socket: name,
      problems: [],
    });
  });
  await using client = new Client({ protocol: rtnetlink, netns: ns.fd, open });
  try {
    await client.list(listLinks(nsid === undefined ? {} : { targetNetnsid: nsid }));
  } catch (error) {
    // It may be gone, or not ours: its interfaces stay numbers.
    if (!(error instanceof NetlinkError)) throw error;
  }
  return heard;
}
