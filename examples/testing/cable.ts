/** A small program, as one has it: it lays a cable between a host and a box, and says what is there. */
import { KernelError, type Netns } from "nlkit";

export interface Cable {
  /** Address of the box, with its prefix length. */
  readonly address: string;
  readonly gateway: string;
  readonly mtu?: number;
}

/**
 * Connects `box` with `host`: a veth pair, an address at each end, a default route in the box. A cable that is there is
 * laid anew.
 */
export async function connect(
  host: Netns,
  box: Netns,
  { address, gateway, mtu = 1500 }: Cable,
): Promise<void> {
  try {
    await host.link.delete("to-box");
  } catch (error) {
    if (!(error instanceof KernelError && error.code === "ENODEV")) throw error;
  }
  await host.link.add({ ifname: "to-box", kind: "veth", mtu, peer: { ifname: "eth0", netns: box, mtu } });
  const [, length] = address.split("/");
  await host.addr.add("to-box", `${gateway}/${length}`);
  await box.addr.add("eth0", address);
  await host.link.set("to-box", { up: true });
  await box.link.set("eth0", { up: true });
  await box.route.add({ dst: "default", gateway });
}

/** `eth0 10.0.0.2/24 via 10.0.0.1`: how the box is connected. */
export async function describe(box: Netns): Promise<string> {
  const [addr] = await box.addr.list({ dev: "eth0", family: "inet" });
  const route = await box.route.get("192.0.2.1");
  return `eth0 ${addr?.local}/${addr?.prefixlen} via ${route.gateway}`;
}
