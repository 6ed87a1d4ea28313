/** All that the benchmark asks of nlkit, as a program that uses it would: another way of asking is tried here. */
import { Netns } from "nlkit";
import { Client, OverrunError, type Request, type Subscription } from "nlkit/netlink";
import {
  delRoute,
  getLink,
  getLinkHeader,
  type Link,
  listLinks,
  listRoutes,
  newAddr,
  newLink,
  newRoute,
  type Route,
  RTNLGRP_IPV4_ROUTE,
  rtnetlink,
  setLink,
} from "nlkit/rtnl";

export type { Link, Route };
export type Family = "inet" | "inet6";

/** In the network namespace that the process is in. */
export const client = new Client({ protocol: rtnetlink });

/** Loads what opens sockets and opens the one for requests: programs in C have that done when their clock starts. */
export const open = (): void => void client.channel;

/** Every route at once, `lazy` as a program that keeps a large table asks for them. */
export const routes = (rtmFamily: Family): Promise<Route[]> =>
  client.list(listRoutes({ rtmFamily }), { lazy: true });

/** A datagram's routes at a time. */
export const routeBatches = (rtmFamily: Family): AsyncIterable<Route[]> =>
  client.dump(listRoutes({ rtmFamily })).batches();

/** Every link with every attribute, kept to be read later. */
export const links = (): Promise<Link[]> => client.list(listLinks(), { lazy: true });

/** As `ip link show` asks: without the IPv6 statistics, which the kernel adds up over all processors. */
export const link = (ifiIndex: number): Promise<Link | undefined> =>
  client.request(getLink({ ifiIndex, extMask: ["skip-stats"] }), { lazy: true });

/** Routes are added and deleted this many at a time, so that they need not all be in memory. */
const CHUNK = 512;

/** Adds `route(0)` … `route(n - 1)`. */
export async function addRoutes(on: Client, n: number, route: (i: number) => Partial<Route>): Promise<void> {
  await inChunks(on, n, (i) => newRoute(route(i)));
}

export async function deleteRoutes(
  on: Client,
  n: number,
  route: (i: number) => Partial<Route>,
): Promise<void> {
  await inChunks(on, n, (i) => delRoute(route(i)));
}

async function inChunks(on: Client, n: number, request: (i: number) => Request<never>): Promise<void> {
  for (let first = 0; first < n; first += CHUNK) {
    const length = Math.min(CHUNK, n - first);
    await Promise.all(on.pipeline(Array.from({ length }, (_, i) => request(first + i))));
  }
}

/** What is heard of a multicast group: how many messages were lost, or the next route that is new. */
export type Heard = { lost: number } | Route;

/** New routes as they are announced, many at a time. The group is joined when this returns. */
export function newRoutes(receiveBuffer: number | undefined): AsyncGenerator<Heard[], void> {
  const on = new Client({ protocol: rtnetlink, receiveBuffer });
  return hear(on, on.subscribe([RTNLGRP_IPV4_ROUTE]));
}

async function* hear(on: Client, events: Subscription): AsyncGenerator<Heard[], void> {
  try {
    for (;;) {
      try {
        const batch = await events.batch();
        if (!batch) return;
        yield batch.filter(({ type }) => type === "RTM_NEWROUTE").map(({ value }) => value as Route);
      } catch (error) {
        if (!(error instanceof OverrunError)) throw error;
        yield [{ lost: error.lost ?? 0 }];
      }
    }
  } finally {
    on.close();
  }
}

export interface Container {
  /** Of the namespace. */
  name: string;
  /** The pair: `b` is the end inside. */
  a: string;
  b: string;
  local: string;
  gateway: string;
}

/** Gives new network namespaces an address and a way out. */
export async function attachAll(n: number, container: (i: number) => Container): Promise<void> {
  await using host = await Netns.current();
  for (let i = 0; i < n; i++) await attach(host, container(i));
}

const UP: Partial<Link> = { ifiFlags: ["up"], ifiChange: ["up"] };
const LOOPBACK = 1;

/** In as few sends as the kernel allows: it looks links up by name, and addresses want an index. */
async function attach(host: Netns, { name, a, b, local, gateway }: Container): Promise<void> {
  await using ns = await Netns.create(name);
  await Promise.all(
    host.client.pipeline([
      newLink({ ifname: a, linkinfo: { kind: "veth", data: { peer: { ifname: b } } } }),
      setLink({ ifname: b, netNsFd: ns.fd }),
      setLink({ ifname: a, ...UP }),
    ]),
  );
  const { ifiIndex } = (await ns.client.request(getLinkHeader({ ifname: b })))!;
  const [address, length] = local.split("/");
  await Promise.all(
    ns.client.pipeline([
      newAddr({
        ifaFamily: "inet",
        ifaPrefixlen: Number(length),
        ifaIndex: ifiIndex,
        local: address!,
        address: address!,
      }),
      setLink({ ifiIndex: LOOPBACK, ...UP }),
      setLink({ ifiIndex, ...UP }),
      newRoute({
        rtmFamily: "inet",
        rtmTable: 254,
        rtmProtocol: "boot",
        rtmScope: "universe",
        rtmType: "unicast",
        gateway,
      }),
    ]),
  );
}
