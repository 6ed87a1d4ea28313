/**
 * `npm start`: two network namespaces on a bridge in a third one, built with nlkit alone, used, shown and removed.
 *
 *     red 10.77.0.2 ── veth ── br0 10.77.0.1 ── veth ── 10.77.0.3 blue
 *                              (hub)
 *
 * `npm start -- --tree` shows every netlink message as a tree instead of a line.
 */
import { constants } from "node:os";
import { parseArgs } from "node:util";
import type { Netns } from "nlkit";
import { Conversation } from "./support/conversation.ts";
import { echo } from "./support/echo.ts";
import { Namespaces, NotPermitted } from "./support/namespaces.ts";
import { ping } from "./support/ping.ts";
import { showObjects } from "./support/show.ts";
import { heading } from "./support/terminal.ts";

const HUB = "10.77.0.1";
const RED = "10.77.0.2";
const BLUE = "10.77.0.3";

async function build(red: Netns, blue: Netns, hub: Netns): Promise<void> {
  await hub.link.add({ ifname: "br0", kind: "bridge" });
  await hub.addr.add("br0", `${HUB}/24`);
  await hub.link.set("br0", { up: true });
  for (const [netns, port, address] of [
    [red, "port-red", RED],
    [blue, "port-blue", BLUE],
  ] as const) {
    await hub.link.add({ ifname: port, kind: "veth", peer: { ifname: "eth0", netns } });
    await hub.link.set(port, { master: "br0", up: true });
    await netns.addr.add("eth0", `${address}/24`);
    await netns.link.set("eth0", { up: true });
    await netns.route.add({ dst: "default", gateway: HUB });
  }
}

async function main(stop: AbortSignal): Promise<void> {
  const { tree = false } = parseArgs({ options: { tree: { type: "boolean" } } }).values;
  const conversation = new Conversation();
  await using namespaces = new Namespaces();
  const create = (role: string) => namespaces.create(role, conversation.of(role));
  const [red, blue, hub] = [await create("red"), await create("blue"), await create("hub")];
  stop.throwIfAborted();
  console.log(namespaces.describe());

  await build(red, blue, hub);
  const messages = conversation.end();
  stop.throwIfAborted();

  heading("Traffic from red to blue, across the bridge");
  console.log(await echo(red, blue, BLUE, stop));
  console.log(await ping(red, BLUE, stop));
  await showObjects({ red, blue, hub }, stop);

  heading(`The ${messages.length} netlink messages that built it`);
  for (const message of messages) console.log(tree ? message.tree() : message.line());
}

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => interrupted.abort(signal));
}
// `npm start | head` must clean up, too.
process.stdout.on("error", (error: NodeJS.ErrnoException) => interrupted.abort(error.code));

try {
  await main(interrupted.signal);
} catch (error) {
  process.exitCode = 1;
  if (interrupted.signal.aborted) {
    console.error(`Stopped by ${interrupted.signal.reason}; everything is removed.`);
    process.exitCode = 128 + (constants.signals[interrupted.signal.reason as NodeJS.Signals] ?? 0);
  } else {
    console.error(error instanceof NotPermitted ? error.message : error);
  }
}
