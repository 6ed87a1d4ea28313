/**
 * Links whose other end is this program: a host made of TypeScript behind a TUN link, and a cable between two TAP links.
 *
 *     box 10.110.0.1 tun0 ── this program answers as 10.110.0.2
 *     left 10.111.0.1 tap0 ── this program ── tap0 10.111.0.2 right
 */
import type { TuntapQueue } from "nlkit";
import { answerEcho } from "./support/echo-reply.ts";
import { ping } from "./support/icmp.ts";
import { lab } from "./support/lab.ts";

await lab("TUN and TAP: packets read and written here", async ({ create, prove, signal }) => {
  const box = await create("box");
  await using tun = await box.tuntap.open({ ifname: "tun0", mode: "tun" });
  await box.addr.add(tun.ifname, "10.110.0.1/24");
  await box.link.set(tun.ifname, { up: true });
  const [listed] = await box.tuntap.list();
  await prove(
    `ip tuntap shows ${listed?.ifname}: ${listed?.flags.join(" ")}`,
    listed?.flags.includes("tun") === true,
  );

  let answered = 0;
  const host = (async () => {
    for await (const packet of tun.packets({ signal })) {
      const reply = answerEcho(packet, "10.110.0.2");
      if (!reply) continue;
      tun.write(reply);
      answered++;
    }
  })();
  await prove("10.110.0.2 answers, which is a function of this file", ping(box, "10.110.0.2"));
  await prove(`it saw ${answered} question`, answered >= 1);
  await prove("10.110.0.3 does not answer", !(await ping(box, "10.110.0.3", { count: 1 })));
  tun.close();
  await host;
  await prove("closed, the link is gone", (await box.tuntap.list()).length === 0);

  const [left, right] = [await create("left"), await create("right")];
  await using one = await left.tuntap.open({ ifname: "tap0", mode: "tap" });
  await using other = await right.tuntap.open({ ifname: "tap0", mode: "tap" });
  await left.addr.add("tap0", "10.111.0.1/24");
  await right.addr.add("tap0", "10.111.0.2/24");
  for (const netns of [left, right]) await netns.link.set("tap0", { up: true });
  let carried = 0;
  const carry = async (from: TuntapQueue, to: TuntapQueue) => {
    for await (const frame of from.packets({ signal })) {
      to.write(frame);
      carried++;
    }
  };
  const cable = [carry(one, other), carry(other, one)];
  await prove("left reaches right over a cable of TypeScript", ping(left, "10.111.0.2"));
  await prove(`which carried ${carried} frames`, carried >= 4);
  one.close();
  other.close();
  await Promise.all(cable);
});
