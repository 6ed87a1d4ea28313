import type { Families } from "../../decode/families.ts";
import { listFamilies } from "../../genl/ctrl/requests.ts";
import { generic } from "../../genl/protocol.ts";
import { Client } from "../../netlink/client.ts";
import { openChannel } from "../../netlink/socket/open.ts";
import { traceChannel } from "../../netlink/socket/trace.ts";

/**
 * Asks the running kernel which number each generic netlink family has.
 *
 * @param netns - descriptor of the namespace to ask in; default: the caller's.
 * @throws NetlinkError, SystemError where there is no such kernel to ask.
 */
export async function learnFamilies(families: Families, netns?: number): Promise<void> {
  const open = traceChannel(openChannel, (datagram) => families.learn(datagram));
  await using client = new Client({ protocol: generic, netns, open });
  await client.list(listFamilies());
}
