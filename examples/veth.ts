/**
 * A virtual cable between a host and a namespace: made, moved by name and by process id, renamed, addressed.
 *
 *     host  veth0 10.10.0.1 ──────── 10.10.0.2 eth0  box
 */
import { ping } from "./support/icmp.ts";
import { lab } from "./support/lab.ts";

await lab("A veth pair between a host and a namespace", async ({ create, prove, defer }) => {
  const host = await create("host"); // plays the host, whose own links stay untouched
  const box = await create("box");

  await host.link.add({ ifname: "veth0", kind: "veth", peer: { ifname: "veth1" } });
  await host.link.set("veth0", { up: true });
  const { operstate } = await host.link.get("veth0");
  await prove(`veth0 is up, its other end is not: ${operstate}`, operstate === "LOWERLAYERDOWN");

  await host.link.set("veth1", { netns: box.name! });
  const [here, there] = [await host.link.get("veth0"), await box.link.get("veth1")];
  await prove("moved by name, veth1 is in the namespace", there.linkIndex === here.ifindex);
  await prove(
    `each knows the other's namespace: link-netnsid ${here.linkNetnsid}`,
    here.linkNetnsid !== undefined,
  );

  // Every process is in a namespace, and so stands for it, as PID 1 stands for the machine's first one.
  const resident = host.spawn("sleep", ["60"], { mounts: false });
  defer(() => void resident.kill());
  await box.link.set("veth1", { netns: { pid: resident.pid! } });
  await prove(
    "moved by process id, it is back",
    (await host.link.list()).some(({ ifname }) => ifname === "veth1"),
  );

  await host.link.set("veth1", { netns: box });
  await box.link.set("veth1", { ifname: "eth0" });
  await host.addr.add("veth0", { local: "10.10.0.1/24", broadcast: "10.10.0.255" });
  await box.addr.add("eth0", { local: "10.10.0.2/24", broadcast: "10.10.0.255" });
  await prove(
    "renamed eth0, and down until told otherwise",
    (await box.link.get("eth0")).operstate === "DOWN",
  );
  await box.link.set("eth0", { up: true });
  const [address] = await box.addr.list({ dev: "eth0", family: "inet" });
  await prove(
    `${address?.local}/${address?.prefixlen} brd ${address?.broadcast}`,
    address?.broadcast === "10.10.0.255",
  );
  const states = [(await host.link.get("veth0")).operstate, (await box.link.get("eth0")).operstate];
  await prove(
    `both ends up: ${states.join(", ")}`,
    states.every((state) => state === "UP"),
  );

  const [connected] = await box.route.list({ table: "main" });
  await prove(
    `a route came with the address: ${connected?.dst} dev ${connected?.dev} proto ${connected?.protocol} scope ${connected?.scope}`,
    connected?.dst === "10.10.0.0/24" && connected.prefsrc === "10.10.0.2",
  );
  const local = await box.route.list({ table: "local", family: "inet" });
  await prove(
    `and in table local ${local.map(({ type, dst }) => `${type} ${dst}`).join(", ")}`,
    local.some(({ type, dst }) => type === "broadcast" && dst === "10.10.0.255"),
  );
  await prove("the host reaches the namespace", ping(host, "10.10.0.2"));
  await prove("the namespace reaches the host", ping(box, "10.10.0.1"));
});
