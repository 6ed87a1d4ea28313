import { execFileSync } from "node:child_process";
import {
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { bindName } from "../../../src/api/netns/bind-name.ts";
import { anonymousNetns, createNetns } from "../../../src/api/netns/create.ts";
import { namespaceType, netnsIdentity } from "../../../src/api/netns/descriptor.ts";
import { listNetns } from "../../../src/api/netns/list.ts";
import { openNetns } from "../../../src/api/netns/open.ts";
import { CLONE_NEWNET } from "../../../src/netlink/socket/libc.ts";
import {
  exists,
  failure,
  freshName,
  holdings,
  inodeText,
  ip,
  ipNetnsNames,
  isOurs,
  nodeCommand,
  own,
  pathOf,
  privately,
} from "./support.ts";

const closesOnExec = (fd: number) =>
  (Number.parseInt(/flags:\s*(\d+)/.exec(readFileSync(`/proc/self/fdinfo/${fd}`, "utf8"))![1]!, 8) &
    0o2000000) !==
  0;

describe("createNetns", () => {
  test("makes what ip netns lists, enters and deletes", async () => {
    const name = freshName();
    const fd = own(await createNetns(name));
    expect(ipNetnsNames()).toContain(name);
    const inside = ip("netns", "exec", name, "readlink", "/proc/self/ns/net").trim();
    expect(inside).toBe(inodeText(netnsIdentity(fd).ino));
    ip("netns", "delete", name);
    expect(exists(pathOf(name))).toBe(false);
    expect(listNetns().map((netns) => netns.name)).not.toContain(name);
  });

  test("hands out a close-on-exec descriptor of the namespace", async () => {
    const fd = own(await createNetns(freshName()));
    expect(namespaceType(fd)).toBe(CLONE_NEWNET);
    expect(closesOnExec(fd)).toBe(true);
  });

  test("lays /run/netns out as iproute2 does: mode 0755, a shared mount", async () => {
    own(await createNetns(freshName()));
    expect(statSync("/run/netns").mode & 0o777).toBe(0o755);
    const line = readFileSync("/proc/self/mountinfo", "utf8")
      .split("\n")
      .find((mount) => mount.split(" ")[4] === "/run/netns");
    expect(line).toMatch(/ shared:\d+ /);
  });

  test("refuses a name that is taken and leaves its namespace alone", async () => {
    const name = freshName();
    const identity = netnsIdentity(own(await createNetns(name)));
    const before = holdings();
    expect(await failure(() => createNetns(name))).toMatchObject({
      code: "EEXIST",
      message: expect.stringMatching(/exists.*delete it first/),
    });
    expect(holdings()).toEqual(before);
    expect(netnsIdentity(own(openNetns(name)))).toEqual(identity);
  });

  test.each([
    ["a file with content", (path: string) => writeFileSync(path, "precious")],
    ["a directory", (path: string) => mkdirSync(path)],
    ["a dangling link", (path: string) => symlinkSync("/proc/4194304/ns/net", path)],
  ])("refuses the name of %s, leaves it alone and nothing behind", async (_, make) => {
    own(await createNetns(freshName())); // there is a /run/netns
    const name = freshName();
    make(pathOf(name));
    const before = holdings();
    expect(await failure(() => createNetns(name))).toMatchObject({ name: "SystemError", code: "EEXIST" });
    expect(exists(pathOf(name))).toBe(true);
    expect(holdings()).toEqual(before);
    expect(listNetns().map((netns) => netns.name)).not.toContain(name);
  });

  test("of several at once one creates the name", async () => {
    const name = freshName();
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => createNetns(name)));
    const made = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(made.length).toBe(1);
    const identity = netnsIdentity(own(made[0]!.value));
    expect(netnsIdentity(own(openNetns(name)))).toEqual(identity);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "EEXIST" });
    }
  });

  test("a mount that fails leaves neither file nor descriptor", async () => {
    own(await createNetns(freshName()));
    const name = freshName();
    const directory = own(openSync("/", "r"));
    const before = holdings();
    expect(await failure(() => bindName(directory, name))).toMatchObject({
      name: "SystemError",
      syscall: "mount",
    });
    expect(exists(pathOf(name))).toBe(false);
    expect(holdings()).toEqual(before);
  });
});

describe("an empty file that a dead process left", () => {
  test("is no namespace, and is replaced", async () => {
    own(await createNetns(freshName()));
    const name = freshName();
    writeFileSync(pathOf(name), "");
    expect(listNetns().map((netns) => netns.name)).not.toContain(name);
    expect(await failure(() => openNetns(name))).toMatchObject({ code: "ENOENT" });
    const fd = own(await createNetns(name));
    expect(netnsIdentity(own(openNetns(name)))).toEqual(netnsIdentity(fd));
    expect(ip("netns", "exec", name, "cat", "/proc/net/dev")).toContain("lo:");
  });

  test("is replaced at once when it is old, by one of several", async () => {
    own(await createNetns(freshName()));
    const name = freshName();
    writeFileSync(pathOf(name), "");
    await sleep(2_100);
    const start = performance.now();
    const outcomes = await Promise.allSettled([createNetns(name), createNetns(name), createNetns(name)]);
    expect(performance.now() - start).toBeLessThan(1_000);
    const made = outcomes.filter((outcome) => outcome.status === "fulfilled");
    expect(made.length).toBe(1);
    expect(netnsIdentity(own(openNetns(name)))).toEqual(netnsIdentity(own(made[0]!.value)));
  });

  test("may be a creation in progress: a namespace that appears on it is not covered", async () => {
    own(await createNetns(freshName()));
    const name = freshName();
    writeFileSync(pathOf(name), "");
    const creation = failure(() => createNetns(name));
    await sleep(300);
    // As a slow ip netns add would.
    execFileSync("unshare", ["--net", "mount", "--bind", "/proc/self/ns/net", pathOf(name)]);
    const theirs = fstatSync(own(openNetns(name))).ino;
    expect(await creation).toMatchObject({ code: "EEXIST" });
    expect(fstatSync(own(openNetns(name))).ino).toBe(theirs);
  });
});

test("an empty file that was made anew meanwhile gets its own time", async () => {
  own(await createNetns(freshName()));
  const name = freshName();
  writeFileSync(pathOf(name), "");
  const creation = createNetns(name);
  await sleep(500);
  unlinkSync(pathOf(name));
  writeFileSync(pathOf(name), "");
  const start = performance.now();
  own(await creation);
  expect(performance.now() - start).toBeGreaterThan(1_900);
});

describe("where it is not possible", () => {
  const attempt = nodeCommand(`
    const { readdirSync } = await import("node:fs");
    const { createNetns } = await netns("create");
    await createNetns("warm").catch(() => {});
    const before = readdirSync("/proc/self/fd").length;
    const error = await createNetns("red").catch((error) => error);
    console.log(error.name, error.code, error.message);
    console.log("descriptors", readdirSync("/proc/self/fd").length - before);
  `);

  test("a read-only /run/netns: EROFS, nothing left", () => {
    const { output, status } = privately(
      'mkdir /run/netns && mount -t tmpfs -o ro none /run/netns && "$@"; ls -A /run/netns; grep -c nsfs /proc/self/mountinfo',
      ...attempt,
    );
    expect(output).toMatch(/^SystemError EROFS .*read-only/);
    expect(output).toMatch(/descriptors 0\n0\n$/);
    expect(status).toBe(1); // grep counted none
  });

  test("without CAP_SYS_ADMIN: EPERM, says what is needed, nothing left", () => {
    const { output } = privately(
      'setpriv --bounding-set -sys_admin --inh-caps -sys_admin "$@"; ls -A /run',
      ...attempt,
    );
    expect(output).toMatch(/^SystemError EPERM .*CAP_SYS_ADMIN.*root/);
    expect(output).toMatch(/descriptors 0\n$/);
  });

  test("a /run/netns that is a file: a typed error", () => {
    const { output } = privately('touch /run/netns && "$@"', ...attempt);
    expect(output).toMatch(/^SystemError ENOTDIR .*\/run\/netns/);
    expect(output).toMatch(/descriptors 0\n$/);
  });

  test("processes that make /run/netns at the same time mount it once", () => {
    const create = nodeCommand(`
      const { createNetns } = await netns("create");
      await createNetns("own-" + process.pid);
    `);
    const { output, status } = privately(
      '("$@" & "$@" & ip netns add theirs & wait); ls /run/netns | wc -l; awk \'$5 == "/run/netns"\' /proc/self/mountinfo | wc -l; ip netns list | wc -l',
      ...create,
    );
    expect(output).toBe("3\n1\n3\n");
    expect(status).toBe(0);
  });
});

test("waits for whoever makes /run/netns a mount, with the lock that iproute2 takes", () => {
  const create = nodeCommand('await (await netns("create")).createNetns("red");');
  const { output, status } = privately(
    `mkdir /run/netns && (flock /run/netns sh -c "sleep 1; mount --bind /run/netns /run/netns" & "$@" & wait)
     awk '$5 == "/run/netns"' /proc/self/mountinfo | wc -l; ip netns exec red true`,
    ...create,
  );
  expect(output).toBe("1\n");
  expect(status).toBe(0);
});

describe("anonymousNetns", () => {
  test("makes a namespace without a name, which its descriptor keeps", () => {
    const names = ipNetnsNames().filter(isOurs);
    const fd = own(anonymousNetns());
    expect(namespaceType(fd)).toBe(CLONE_NEWNET);
    expect(closesOnExec(fd)).toBe(true);
    expect(ipNetnsNames().filter(isOurs)).toEqual(names);
    const inside = execFileSync("nsenter", [
      `--net=/proc/${process.pid}/fd/${fd}`,
      "readlink",
      "/proc/self/ns/net",
    ]);
    expect(inside.toString().trim()).toBe(inodeText(netnsIdentity(fd).ino));
  });
});
