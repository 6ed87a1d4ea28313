/**
 * Three namespaces: two with a cable between them, then all three on a bridge that is watched while it learns.
 *
 *     red 10.20.0.1 ─┐
 *     blue 10.20.0.2 ┼─ br0 (hub)
 *     green 10.20.0.3┘
 */
import { ping } from "./support/icmp.ts";
import { lab } from "./support/lab.ts";
import { watchFdb } from "./support/watch-fdb.ts";

await lab("Two namespaces, a cable; three namespaces, a bridge", async ({ create, prove }) => {
  const [red, blue, green, hub] = [
    await create("red"),
    await create("blue"),
    await create("green"),
    await create("hub"),
  ];

  await red.link.add({ ifname: "direct", kind: "veth", peer: { ifname: "direct", netns: blue } });
  for (const [netns, address] of [
    [red, "10.21.0.1/24"],
    [blue, "10.21.0.2/24"],
  ] as const) {
    await netns.addr.add("direct", address);
    await netns.link.set("direct", { up: true });
  }
  await prove("red reaches blue over the cable", ping(red, "10.21.0.2"));
  await red.link.delete("direct");
  await prove(
    "the other end went with it",
    !(await blue.link.list()).some(({ ifname }) => ifname === "direct"),
  );

  await hub.link.add({ ifname: "br0", kind: "bridge", data: { stpState: 0, ageingTime: 300_00 } });
  await hub.link.set("br0", { up: true });
  await using watch = watchFdb(hub, "br0");
  const macs = new Map<string, string>();
  for (const [number, netns] of [red, blue, green].entries()) {
    const port = `port${number + 1}`;
    await hub.link.add({ ifname: port, kind: "veth", peer: { ifname: "eth0", netns } });
    await hub.link.set(port, { master: "br0", up: true });
    await netns.addr.add("eth0", `10.20.0.${number + 1}/24`);
    await netns.link.set("eth0", { up: true });
    macs.set(port, (await netns.link.get("eth0")).address!);
  }
  const ports = await hub.link.list({ master: "br0" });
  const states = ports.map(({ ifname, slaveData }) => `${ifname} ${(slaveData as { state?: string }).state}`);
  await prove(`the bridge's ports: ${states.join(", ")}`, ports.length === 3);

  await prove("red reaches blue", ping(red, "10.20.0.2"));
  await prove("red reaches green", ping(red, "10.20.0.3"));
  await prove("blue reaches green", ping(blue, "10.20.0.3"));
  const learnt = [...macs].map(([ifname, mac]) => watch.has({ mac, ifname }));
  await prove("the bridge learnt each address at its port", (await Promise.all(learnt)).every(Boolean));
  const entries = (await hub.fdb.list({ br: "br0" })).filter(
    ({ state, master }) => state === "" && master === "br0",
  );
  await prove(`which its database shows too, ${entries.length} entries`, entries.length === 3);

  await hub.link.set("port2", { master: null });
  await prove("out of the bridge, blue is out of reach", !(await ping(red, "10.20.0.2", { count: 2 })));
});
