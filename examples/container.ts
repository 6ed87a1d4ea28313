/**
 * What a container runtime does: a process gets a network of its own, and the host's address moves to a bridge.
 *
 *     process  eth0 10.30.0.10 ── veth ── br0 10.30.0.2 ── eth0 ── wire ── 10.30.0.1 router
 *                                        (host)
 */
import { Netns } from "nlkit";
import { ping } from "./support/icmp.ts";
import { lab } from "./support/lab.ts";
import { moveToBridge } from "./support/move-to-bridge.ts";

await lab("A container's network by hand", async ({ create, prove, defer }) => {
  const [router, host] = [await create("router"), await create("host")];
  await router.link.add({ ifname: "wire", kind: "veth", peer: { ifname: "eth0", netns: host } });
  await router.addr.add("wire", "10.30.0.1/24");
  await router.link.set("wire", { up: true });
  await host.addr.add("eth0", "10.30.0.2/24");
  await host.link.set("eth0", { up: true });
  await host.route.add({ dst: "default", gateway: "10.30.0.1" });
  await prove("the host reaches its router", ping(host, "10.30.0.1"));

  // The process: its namespace has no name, only a process id leads there.
  const process = await Netns.anonymous();
  const child = process.spawn("sleep", ["60"], { mounts: false });
  process.close();
  defer(() => void child.kill());
  const name = `${host.name}-container`;
  await Netns.attach(name, { pid: child.pid! });
  defer(() => Netns.delete(name));
  await using container = await Netns.open(name);
  await prove(`process ${child.pid} is in ${name}`, (await container.pids()).includes(child.pid!));

  await host.link.add({ ifname: "br0", kind: "bridge" });
  const before = JSON.stringify([
    await host.addr.list({ family: "inet" }),
    await host.route.list({ family: "inet" }),
  ]);
  const failure = await failing(host);
  const after = JSON.stringify([
    await host.addr.list({ family: "inet" }),
    await host.route.list({ family: "inet" }),
  ]);
  await prove(`moving the address failed on purpose (${failure}), and all is as it was`, before === after);
  await prove("the router is still reached", ping(host, "10.30.0.1"));

  await moveToBridge(host, "eth0", "br0");
  const [address] = await host.addr.list({ family: "inet", dev: "br0" });
  const [route] = await host.route.list({ dst: "default" });
  await prove(
    `the bridge has ${address?.local}, the default route is over ${route?.dev}`,
    route?.dev === "br0",
  );
  await prove("the router is reached through the bridge", ping(host, "10.30.0.1"));

  await host.link.add({ ifname: "veth0", kind: "veth", peer: { ifname: "veth1" } });
  await host.link.set("veth0", { master: "br0", up: true });
  await host.link.set("veth1", { netns: { pid: child.pid! } });
  await container.link.set("veth1", { ifname: "eth0" });
  await container.link.set("eth0", { up: true });
  await container.addr.add("eth0", "10.30.0.10/24");
  await container.route.add({ dst: "default", gateway: "10.30.0.2" });
  await prove("the process reaches the host", ping(container, "10.30.0.2"));
  await prove("and the router, over the bridge", ping(container, "10.30.0.1"));

  const inside = await container.exec("cat", ["/proc/net/route"]);
  const gateway = inside.stdout.split("\n").find((line) => line.split("\t")[1] === "00000000");
  await prove("a program inside sees eth0 and its gateway", gateway?.startsWith("eth0\t") === true);
});

/** Moves the address to a bridge that has it already: the third step fails, after two that must be undone. */
async function failing(host: Netns): Promise<string | undefined> {
  await host.addr.add("br0", "10.30.0.2/24");
  try {
    await moveToBridge(host, "eth0", "br0");
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  } finally {
    await host.addr.delete("br0", "10.30.0.2/24");
  }
}
