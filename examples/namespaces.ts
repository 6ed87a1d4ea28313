/** Namespace basics: add, list, a program inside, `lo` down and up, delete. */
import { Netns } from "nlkit";
import { ping } from "./support/icmp.ts";
import { lab } from "./support/lab.ts";

await lab("Namespace basics", async ({ create, prove }) => {
  const red = await create("red");
  const entry = (await Netns.list()).find(({ name }) => name === red.name);
  await prove(`${red.name} is listed, inode ${entry?.ino}`, entry?.ino === Number(red.identity.ino));

  const [lo, ...others] = await red.link.list();
  await prove("it has one link: lo, and that is down", others.length === 0 && !lo!.flags.includes("UP"));
  await prove("127.0.0.1 does not answer", !(await ping(red, "127.0.0.1", { count: 1 })));

  await red.link.set("lo", { up: true });
  await prove("with lo up it does", ping(red, "127.0.0.1"));
  const loopback = (await red.addr.list({ dev: "lo" })).map(
    ({ local, prefixlen }) => `${local}/${prefixlen}`,
  );
  await prove(`lo got ${loopback.join(", ")} by itself`, loopback.includes("127.0.0.1/8"));

  const shell = await red.exec("sh", ["-c", "readlink /proc/self/ns/net; ls -d /sys/class/net/*/"]);
  console.log(shell.stdout.trim().replace(/^/gm, "    "));
  await prove(
    "a shell inside sees that namespace and lo alone",
    shell.stdout === `net:[${red.identity.ino}]\n/sys/class/net/lo/\n`,
  );

  const child = red.spawn("sleep", ["60"], { mounts: false });
  const pids = await red.pids();
  await prove(`process ${child.pid} is found in it`, pids.includes(child.pid!));
  await prove("and its namespace by its name", (await Netns.identify(child.pid!)).includes(red.name!));
  child.kill();

  const name = `${red.name}-short`;
  await using _ = await Netns.create(name);
  await Netns.delete(name);
  await prove(`${name}, deleted, is gone`, !(await Netns.list()).some((other) => other.name === name));
});
