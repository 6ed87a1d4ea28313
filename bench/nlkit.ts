/** All that the benchmark asks of nlkit, as a program that uses it would: another way of asking is tried here. */
import { Netns } from "nlkit";
import { type Channel, Client, Input, messagesOf, openChannel, type Request } from "nlkit/netlink";
import {
  delRoute,
  getLink,
  type Link,
  listLinks,
  listRoutes,
  newRoute,
  type Route,
  RTM_NEWROUTE_TYPE,
  rtnetlink,
} from "nlkit/rtnl";

export type { Link, Route };
export type Family = "inet" | "inet6";

/** In the network namespace that the process is in. */
export const client = new Client({ protocol: rtnetlink });

/** Every route at once. `lazy` is what a program asks for that keeps them all and reads few. */
export const routes = (rtmFamily: Family, lazy = false): Promise<Route[]> =>
  client.list(listRoutes({ rtmFamily }), { lazy });

/** A datagram's routes at a time. */
export const routeBatches = (rtmFamily: Family): AsyncIterable<Route[]> =>
  client.dump(listRoutes({ rtmFamily })).batches();

export const links = (): Promise<Link[]> => client.list(listLinks());

export const link = (ifiIndex: number): Promise<Link | undefined> => client.request(getLink({ ifiIndex }));

/** Routes are added and deleted this many at a time, so that they need not all be in memory. */
const CHUNK = 4096;

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

const NETLINK_ROUTE = 0;
export const RTNLGRP_IPV4_ROUTE = 7;

/** What is heard of a multicast group: how many messages were lost, or the next route that is new. */
export type Heard = { lost: number } | Route;

/** New routes as they are announced. The group is joined when this returns. */
export function newRoutes(receiveBuffer: number | undefined): AsyncGenerator<Heard, void> {
  const channel = openChannel({ protocol: NETLINK_ROUTE, use: "stream", receiveBuffer });
  channel.join(RTNLGRP_IPV4_ROUTE);
  return hear(channel);
}

async function* hear(channel: Channel): AsyncGenerator<Heard, void> {
  try {
    for (;;) {
      await new Promise<void>((resolve) => channel.wait(resolve));
      yield* drain(channel);
    }
  } finally {
    channel.close();
  }
}

function* drain(channel: Channel): Generator<Heard> {
  const { type, message } = RTM_NEWROUTE_TYPE;
  for (let before = channel.lost(); ; ) {
    try {
      for (let datagram = channel.receive(); datagram; datagram = channel.receive()) {
        const input = new Input(datagram.bytes);
        for (const nlmsg of messagesOf(input)) {
          if (nlmsg.type === type) yield message.decode(input, nlmsg.at, nlmsg.payloadLength);
        }
      }
      return;
    } catch (error) {
      const lost = channel.lost() - before;
      if (lost === 0) throw error;
      before += lost;
      yield { lost };
    }
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

async function attach(host: Netns, { name, a, b, local, gateway }: Container): Promise<void> {
  await using ns = await Netns.create(name);
  await host.link.add({ ifname: a, kind: "veth", peer: { ifname: b } });
  await host.link.set(b, { netns: ns });
  await host.link.set(a, { up: true });
  await ns.addr.add(b, local);
  await ns.link.set("lo", { up: true });
  await ns.link.set(b, { up: true });
  await ns.route.add({ dst: "default", gateway });
}
