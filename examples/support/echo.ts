import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import type { Netns } from "nlkit";

const COUNT = 3;

/** Sends datagrams from one namespace to another, which sends them back: Node's own sockets, one process. */
export async function echo(from: Netns, to: Netns, address: string, stop: AbortSignal): Promise<string> {
  const server = socketIn(to);
  const client = socketIn(from);
  server.on("message", (message, { port, address }) => server.send(message, port, address));
  try {
    const times: string[] = [];
    for (let number = 1; number <= COUNT; number++) {
      times.push(
        `${(await roundTrip(client, server.address().port, address, `hello ${number}`, stop)).toFixed(2)} ms`,
      );
    }
    return `UDP: ${COUNT} datagrams came back from ${address}, after ${times.join(", ")}`;
  } finally {
    client.close();
    server.close();
  }
}

/** A socket belongs to the namespace it is made in, for ever: only `bind` has to happen inside. */
function socketIn(netns: Netns): Socket {
  return netns.run(() => {
    // Node asks the thread pool for the address otherwise, and binds later, outside.
    const socket = createSocket({
      type: "udp4",
      lookup: (address, _options, found) => found(null, address, 4),
    });
    socket.bind();
    socket.address(); // throws unless it is bound now
    return socket;
  });
}

/** Milliseconds until a datagram is back. The first ones may be lost: the bridge takes a moment to open a new port. */
async function roundTrip(
  client: Socket,
  port: number,
  address: string,
  text: string,
  stop: AbortSignal,
): Promise<number> {
  const deadline = AbortSignal.timeout(10_000);
  for (;;) {
    const pause = new AbortController();
    const signal = AbortSignal.any([stop, deadline, pause.signal]);
    const answered = once(client, "message", { signal }).then(() => performance.now());
    const started = performance.now();
    client.send(text, port, address);
    const late = sleep(100, undefined, { signal }).catch(() => undefined);
    try {
      const at = await Promise.race([answered, late]);
      if (at !== undefined) return at - started;
      stop.throwIfAborted();
      if (deadline.aborted) throw new Error(`no datagram came back from ${address} within 10 s`);
    } finally {
      pause.abort();
      await answered.catch(() => undefined);
    }
  }
}
