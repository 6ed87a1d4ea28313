/**
 * From a namespace to the outside and back: forwarding, masquerading, a published port, a firewall.
 *
 *     box 10.100.0.2:80 ── br0 10.100.0.1 (host) eth0 203.0.113.2:8083 ── 203.0.113.1 outside
 */
import type { Netns } from "nlkit";
import { ping } from "./support/icmp.ts";
import { lab } from "./support/lab.ts";
import { forwarding, readSysctl } from "./support/sysctl.ts";

await lab("From a namespace to the outside, and back", async ({ create, prove, defer }) => {
  const [outside, host, box] = [await create("outside"), await create("host"), await create("box")];
  await host.link.add({ ifname: "eth0", kind: "veth", peer: { ifname: "eth0", netns: outside } });
  await host.link.add({ ifname: "br0", kind: "bridge" });
  await host.link.add({ ifname: "port", kind: "veth", peer: { ifname: "eth0", netns: box } });
  await host.link.set("port", { master: "br0", up: true });
  for (const [netns, dev, address] of [
    [outside, "eth0", "203.0.113.1/24"],
    [host, "eth0", "203.0.113.2/24"],
    [host, "br0", "10.100.0.1/24"],
    [box, "eth0", "10.100.0.2/24"],
  ] as const) {
    await netns.addr.add(dev, address);
    await netns.link.set(dev, { up: true });
  }
  await box.route.add({ dst: "default", gateway: "10.100.0.1" });
  await prove("the box reaches its host", ping(box, "10.100.0.1"));
  await prove(
    "but not the outside: the host passes nothing on",
    !(await ping(box, "203.0.113.1", { count: 2 })),
  );

  forwarding(host, true);
  await prove(
    `net.ipv4.ip_forward is ${readSysctl(host, "net.ipv4.ip_forward")}`,
    readSysctl(host, "net.ipv4.ip_forward") === "1",
  );
  await prove(
    "still no answer: nobody outside knows 10.100.0.0/24",
    !(await ping(box, "203.0.113.1", { count: 2 })),
  );

  await host.nat.masquerade({ source: "10.100.0.0/24", out: "eth0" });
  await prove("masqueraded, the box reaches the outside", ping(box, "203.0.113.1"));
  const web = await serve(outside, 80, defer);
  await prove(
    "which sees the host's address",
    (await fetchFrom(box, "203.0.113.1", 80)) === "you are 203.0.113.2",
  );
  web.kill();

  await serve(box, 80, defer);
  await prove(
    "port 8083 of the host is closed",
    (await fetchFrom(outside, "203.0.113.2", 8083)) === "ECONNREFUSED",
  );
  await host.nat.forward({ proto: "tcp", port: 8083, to: "10.100.0.2:80", in: "eth0" });
  await prove(
    "forwarded, it is the box's port 80",
    (await fetchFrom(outside, "203.0.113.2", 8083)) === "you are 203.0.113.1",
  );

  await host.firewall.policy("forward", "drop");
  await prove("with a policy of drop nothing passes", !(await ping(box, "203.0.113.1", { count: 2 })));
  await host.firewall.accept("forward", { state: ["established", "related"] });
  await host.firewall.accept("forward", { in: "br0", out: "eth0" });
  await prove("accepted from inside, the box reaches the outside again", ping(box, "203.0.113.1"));
  await host.firewall.accept("forward", { in: "eth0", destination: "10.100.0.2", proto: "tcp", port: 80 });
  await prove(
    "and the published port works",
    (await fetchFrom(outside, "203.0.113.2", 8083)) === "you are 203.0.113.1",
  );

  const bridged = bridgeNetfilter(host);
  console.log(`    net.bridge.bridge-nf-call-iptables: ${bridged}`);

  const before = await host.nft.list();
  await host.nat.masquerade({ source: "10.100.0.0/24", out: "eth0" });
  const rules = (objects: object[]) => objects.filter((object) => "rule" in object).length;
  await prove(
    `asked for twice, the rules stay ${rules(before)}`,
    rules(await host.nft.list()) === rules(before),
  );
  for (const { chain, expr } of [...(await host.nat.list()), ...(await host.firewall.list())])
    console.log(`    ${chain}: ${JSON.stringify(expr)}`);

  await host.nft.add({ table: { family: "ip", name: "others" } });
  await host.nat.delete({ masquerade: { source: "10.100.0.0/24", out: "eth0" } });
  await host.nat.delete({ forward: { proto: "tcp", port: 8083, to: "10.100.0.2:80", in: "eth0" } });
  const tables = (await host.nft.list()).flatMap((object) => ("table" in object ? [object.table.name] : []));
  await prove(`taken away, the tables of others are left: ${tables.join(", ")}`, tables.includes("others"));
  await prove("and the box no longer reaches the outside", !(await ping(box, "203.0.113.1", { count: 2 })));
});

/** Whether bridged packets go through the IP rules, too; br_netfilter has to be loaded for that. */
function bridgeNetfilter(host: Netns): string {
  try {
    const on = readSysctl(host, "net.bridge.bridge-nf-call-iptables") === "1";
    return on
      ? "1, so that frames between ports of a bridge pass the chains of ip and inet as well"
      : "0, so that frames between ports of a bridge pass only the chains of the family bridge";
  } catch {
    return "not there: br_netfilter is not loaded, and frames between ports of a bridge pass no IP rules";
  }
}

/** An HTTP server inside, which says who asked. */
async function serve(netns: Netns, port: number, defer: (undo: () => void) => void) {
  const program = `require("node:http").createServer((request, response) =>
    response.end("you are " + request.socket.remoteAddress.replace("::ffff:", ""))
  ).listen(${port}, () => console.log("ready"))`;
  const child = netns.spawn(process.execPath, ["-e", program], {
    mounts: false,
    stdio: ["ignore", "pipe", "inherit"],
  });
  defer(() => void child.kill());
  await new Promise((resolve) => child.stdout!.once("data", resolve));
  return child;
}

/** What an HTTP server answers to a program inside, or the error it gets. */
async function fetchFrom(netns: Netns, address: string, port: number): Promise<string> {
  const program = `fetch("http://${address}:${port}", { signal: AbortSignal.timeout(5000) }).then((r) => r.text())
    .then(console.log, (error) => console.log(error.cause?.code ?? error.name))`;
  const { stdout } = await netns.exec(process.execPath, ["-e", program], { mounts: false });
  return stdout.trim();
}
