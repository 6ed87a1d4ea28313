/**
 * MACVLAN, all modes: two namespaces share one interface of a host, each with a hardware address of its own.
 *
 *     one 10.80.0.1 ─┐
 *     two 10.80.0.2 ─┴─ eth0 (host) ── veth ── 10.80.0.9 switch
 */
import { ping } from "./support/icmp.ts";
import { lab, needs } from "./support/lab.ts";

await lab("MACVLAN in its modes", async ({ create, prove }) => {
  const [host, far] = [await create("host"), await create("switch")];
  await host.link.add({ ifname: "eth0", kind: "veth", peer: { ifname: "port", netns: far } });
  await host.link.set("eth0", { up: true });
  await far.link.set("port", { up: true });
  await far.addr.add("port", "10.80.0.9/24");

  // Whether the two reach each other, and both the switch.
  for (const [mode, each] of [
    ["bridge", true],
    ["private", false],
    ["vepa", false], // the switch would have to send it back: this one does not
  ] as const) {
    const [one, two] = [await create(`${mode}-1`), await create(`${mode}-2`)];
    for (const [number, netns] of [one, two].entries()) {
      await needs(
        "macvlan",
        host.link.add({ ifname: `mac${number}`, kind: "macvlan", link: "eth0", data: { mode }, netns }),
      );
      await netns.addr.add(`mac${number}`, `10.80.0.${number + 1}/24`);
      await netns.link.set(`mac${number}`, { up: true });
    }
    await prove(`${mode}: the switch answers`, ping(one, "10.80.0.9"));
    const reached = await ping(one, "10.80.0.2", { count: each ? 10 : 2 });
    await prove(`${mode}: the neighbour ${each ? "answers" : "is out of reach"}`, reached === each);
    await one.link.delete("mac0");
    await two.link.delete("mac1");
  }

  const only = await create("passthru");
  await host.link.add({
    ifname: "mac0",
    kind: "macvlan",
    link: "eth0",
    data: { mode: "passthru" },
    netns: only,
  });
  const [lower, upper] = [await host.link.get("eth0"), await only.link.get("mac0")];
  await prove("passthru: the interface's own address goes along", lower.address === upper.address);
  await only.addr.add("mac0", "10.80.0.1/24");
  await only.link.set("mac0", { up: true });
  await prove("passthru: the switch answers", ping(only, "10.80.0.9"));
  await only.link.delete("mac0");

  const chosen = await create("source");
  await host.link.add({
    ifname: "mac0",
    kind: "macvlan",
    link: "eth0",
    data: { mode: "source" },
    netns: chosen,
  });
  await chosen.addr.add("mac0", "10.80.0.1/24");
  await chosen.link.set("mac0", { up: true });
  await prove("source: nobody is listened to at first", !(await ping(chosen, "10.80.0.9", { count: 2 })));
  const { address } = await far.link.get("port");
  await chosen.link.set("mac0", { kind: "macvlan", data: { macaddrMode: "add", macaddr: address! } });
  await prove(`source: ${address} is, once it was added`, ping(chosen, "10.80.0.9"));
});
