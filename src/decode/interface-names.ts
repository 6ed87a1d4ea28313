/** Names of interfaces, as a capture tells them. */
import { NETLINK_ROUTE } from "../netlink/constants.ts";
import type { Captured } from "./capture/captured.ts";
import type { ExplainedMessage } from "./explain.ts";

/** Sockets, and processes, that names are kept of. */
const MANY_PLACES = 256;
/** Names that are kept of each. */
const MANY_NAMES = 8192;

type Place = Pick<Captured, "socket" | "pid">;

/**
 * Interface indexes and the names that went with them.
 *
 * Indexes of different network namespaces mean different interfaces, and a capture does not say which namespace a
 * socket is in. So names are those that the same socket saw, or its process at another.
 */
export class InterfaceNames {
  readonly #places = new Map<string, Map<number, string>>();

  learn(captured: Captured, protocol: number, message: ExplainedMessage): void {
    if (protocol !== NETLINK_ROUTE || message.constant !== "RTM_NEWLINK" || message.direction === "sent")
      return;
    const index = message.parts.find(({ name }) => name === "ifiIndex")?.value;
    const name = message.parts.find(({ constant }) => constant === "IFLA_IFNAME")?.value;
    if (typeof index !== "number" || index === 0 || typeof name !== "string") return;
    for (const place of placesOf(captured)) {
      const names = limited(this.#places, place, MANY_PLACES, () => new Map<number, string>());
      names.delete(index);
      limited(names, index, MANY_NAMES, () => name);
    }
  }

  nameOf(captured: Place, index: number): string | undefined {
    for (const place of placesOf(captured)) {
      const name = this.#places.get(place)?.get(index);
      if (name !== undefined) return name;
    }
    return undefined;
  }
}

function placesOf({ socket, pid }: Place): string[] {
  if (socket === undefined && pid === undefined) return [""];
  return [
    ...(socket === undefined ? [] : [`socket ${socket}`]),
    ...(pid === undefined ? [] : [`pid ${pid}`]),
  ];
}

/** What a map has of a key, made where it has nothing; the oldest entry goes where there are too many. */
function limited<K, V>(map: Map<K, V>, key: K, most: number, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    if (map.size >= most) map.delete(map.keys().next().value as K);
    map.set(key, value);
  }
  return value;
}
