import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { freshName, nodeCommand } from "./support.ts";

function run(command: string[]): string {
  const { stdout, stderr } = spawnSync(command[0]!, command.slice(1), { encoding: "utf8" });
  return stdout + stderr;
}

const life = `
  const { readlinkSync, readdirSync } = await import("node:fs");
  const [{ createNetns }, { deleteNetns }, { execInNetns }, libc] = await Promise.all([
    netns("create"), netns("delete"), netns("exec"), import(source + "../../netlink/socket/libc.ts"),
  ]);
  const home = readlinkSync("/proc/thread-self/ns/net");
  const fd = await createNetns(name);
  const inside = "net:[" + (await import("node:fs")).fstatSync(fd).ino + "]\\n";
  for (const mounts of [true, false]) {
    const { stdout } = await execInNetns(name, "readlink", ["/proc/self/ns/net"], { mounts });
    console.log(stdout === inside && stdout !== home + "\\n");
  }
  console.log((await execInNetns(name, "ls", ["-d", "/sys/class/net/lo"])).stdout.trim());
  deleteNetns(name);
  libc.close(fd);
  const tasks = readdirSync("/proc/self/task").map((task) => readlinkSync("/proc/self/task/" + task + "/ns/net"));
  console.log(new Set(tasks).size);
`;

test("in a worker thread", () => {
  const inWorker = nodeCommand(`const name = ${JSON.stringify(freshName())};${life}`).at(-1)!;
  // Workers do not inherit tsx.
  const tsx = JSON.stringify(import.meta.resolve("tsx/esm/api"));
  const code = JSON.stringify(`(await import(${tsx})).register(); ${inWorker}`);
  const output = run(
    nodeCommand(`
      const { Worker } = await import("node:worker_threads");
      new Worker(${code}, { eval: true }).on("exit", (code) => console.log("exit", code));
    `),
  );
  expect(output).toBe("true\ntrue\n/sys/class/net/lo\n1\nexit 0\n");
});

test("as root of a user namespace", () => {
  const script = 'mount -t tmpfs none /run && exec "$@"';
  const code = nodeCommand(`const name = ${JSON.stringify(freshName())};${life}`);
  const output = run(["unshare", "--map-root-user", "--net", "--mount", "sh", "-c", script, "sh", ...code]);
  expect(output).toBe("true\ntrue\n/sys/class/net/lo\n1\n");
});
