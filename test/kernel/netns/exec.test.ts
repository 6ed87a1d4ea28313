import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { createNetns } from "../../../src/api/netns/create.ts";
import { netnsIdentity } from "../../../src/api/netns/descriptor.ts";
import { execInNetns, type NetnsExecOptions } from "../../../src/api/netns/exec.ts";
import { InputError, SystemError, TimeoutError } from "../../../src/netlink/errors.ts";
import { etcOf, failure, freshName, holdings, inodeText, ip, mounts, own } from "./support.ts";

let name: string;
let fd: number;

beforeEach(async () => {
  name = freshName();
  fd = own(await createNetns(name));
});

const sh = (script: string, options?: NetnsExecOptions & { encoding?: BufferEncoding }) =>
  execInNetns(name, "sh", ["-c", script], options);

describe.each([{ mounts: true }, { mounts: false }])("execInNetns with %j", (how) => {
  test("runs in the namespace; output and exit code", async () => {
    const result = await sh("readlink /proc/self/ns/net; echo oops >&2; exit 3", how);
    expect(result).toEqual({
      stdout: `${inodeText(netnsIdentity(fd).ino)}\n`,
      stderr: "oops\n",
      exitCode: 3,
      signal: null,
    });
  });

  test("a signal that ends the program", async () => {
    expect(await sh("kill -TERM $$", how)).toMatchObject({ exitCode: null, signal: "SIGTERM" });
  });

  test("input, and none", async () => {
    const input = "x".repeat(300_000);
    expect((await execInNetns(name, "cat", [], { ...how, input })).stdout).toBe(input);
    expect((await execInNetns(name, "cat", [], how)).stdout).toBe("");
    expect((await execInNetns(name, "true", [], { ...how, input })).exitCode).toBe(0);
  });

  test("output as bytes", async () => {
    const { stdout } = await execInNetns(name, "printf", ["\\377\\0"], { ...how, encoding: "buffer" });
    expect([...stdout]).toEqual([0xff, 0]);
  });

  test("environment and working directory", async () => {
    const env = { PATH: process.env.PATH, NODE_OPTIONS: "--no-such-option", EMPTY: "", "odd name": "ü" };
    const { stdout } = await execInNetns(name, "env", ["-u", "PATH"], { ...how, env, cwd: "/usr" });
    expect(stdout.split("\n").sort()).toEqual(["", "EMPTY=", "NODE_OPTIONS=--no-such-option", "odd name=ü"]);
    expect((await execInNetns(name, "readlink", ["/proc/self/cwd"], { ...how, cwd: "/usr" })).stdout).toBe(
      "/usr\n",
    );
  });

  test("the program has default signals and no descriptor of ours", async () => {
    const { stdout } = await sh("ls /proc/self/fd; grep -E 'Sig(Blk|Ign)' /proc/self/status", how);
    // 3 is what ls reads; descriptors above 19 this process itself inherited.
    const descriptors = stdout.split("\n").filter((line) => /^\d+$/.test(line) && Number(line) < 20);
    expect(descriptors).toEqual(["0", "1", "2", "3"]);
    expect(stdout.match(/0000000000000000/g)?.length).toBe(2);
  });

  test("SIGPIPE ends a writer nobody reads", async () => {
    const { stdout } = await execInNetns(name, "bash", ["-c", "yes | head -n 1; echo $PIPESTATUS"], how);
    expect(stdout).toBe(`y\n${128 + 13}\n`);
  });

  test("a program that does not exist", async () => {
    const error = await failure(() => execInNetns(name, "nlkit-no-such-program", [], how));
    expect(error).toBeInstanceOf(SystemError);
    expect(error).toMatchObject({
      code: "ENOENT",
      errno: -2,
      syscall: "exec",
      subject: "nlkit-no-such-program",
    });
  });

  test("a program that may not be executed", async () => {
    const error = await failure(() => execInNetns(name, "/etc/passwd", [], how));
    expect(error).toMatchObject({
      code: "EACCES",
      syscall: "exec",
      message: expect.stringContaining("executable"),
    });
  });

  test("a program that is nowhere, with a directory in PATH that may not be searched", async () => {
    const closed = mkdtempSync(join(tmpdir(), "nlkit-closed-"));
    const options = { ...how, uid: 65534, gid: 65534, env: { PATH: `${closed}:/usr/bin:/bin` } };
    const error = await failure(() => execInNetns(name, "nlkit-no-such-program", [], options));
    rmSync(closed, { recursive: true });
    expect(error).toMatchObject({
      code: "ENOENT",
      syscall: "exec",
      message: expect.stringContaining("may not be searched"),
    });
    expect((await execInNetns(name, "true", [], options)).exitCode).toBe(0);
  });

  test("a working directory that does not exist", async () => {
    const error = await failure(() => execInNetns(name, "true", [], { ...how, cwd: "/nonexistent" }));
    expect(error).toMatchObject({ name: "SystemError", code: "ENOENT" });
    expect((error as Error).message).toContain("working directory");
  });

  test("timeout", async () => {
    const error = await failure(() => execInNetns(name, "sleep", ["60"], { ...how, timeout: 500 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(ip("netns", "pids", name)).toBe("");
  });

  test("abort, before and during", async () => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    expect(await failure(() => execInNetns(name, "true", [], { ...how, signal }))).toBe(reason);
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 500);
    const during = { ...how, signal: controller.signal };
    // The child in the background holds the streams open.
    expect(await failure(() => sh("sleep 3 & exec sleep 60", during))).toBe(reason);
  });

  test("an abort after the program ended does not wait for those that hold its streams", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1_000);
    const start = performance.now();
    const error = await failure(() => sh("sleep 4 & exit 0", { ...how, signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError" });
    expect(performance.now() - start).toBeLessThan(3_000);
  });

  test("maxBuffer", async () => {
    const error = await failure(() => execInNetns(name, "yes", [], { ...how, maxBuffer: 10_000 }));
    expect(error).toMatchObject({ name: "NetlinkError", code: "ERR_CHILD_PROCESS_STDIO_MAXBUFFER" });
  });

  test("another user", async () => {
    const { stdout } = await execInNetns(name, "id", ["-u"], { ...how, uid: 65534, gid: 65534 });
    expect(stdout).toBe("65534\n");
  });

  test("argv[0], odd arguments", async () => {
    const args = ["-c", 'printf "%s|" "$0" "$@"', "", "ü\n", "--", "$HOME"];
    expect((await execInNetns(name, "bash", args, how)).stdout).toBe("|ü\n|--|$HOME|");
    const { stdout } = await execInNetns(name, "bash", ["-c", "echo $0"], { ...how, argv0: "login" });
    expect(stdout).toBe("login\n");
  });

  test("a NUL in an argument is refused", async () => {
    const error = await failure(() => execInNetns(name, "echo", ["a\0b"], how));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path: "args[0]" });
  });

  test("an unknown namespace", async () => {
    const before = holdings();
    expect(await failure(() => execInNetns("nlkit-none", "true", [], how))).toMatchObject({ code: "ENOENT" });
    expect(holdings()).toEqual(before);
  });
});

describe("what ip netns exec gives as well", () => {
  test("/sys shows the namespace's own links", async () => {
    ip("-n", name, "link", "add", "inside0", "type", "veth", "peer", "name", "inside1");
    const { stdout } = await execInNetns(name, "ls", ["/sys/class/net"]);
    expect(stdout.split("\n")).toEqual(expect.arrayContaining(["inside0", "inside1", "lo"]));
    expect(stdout).toBe(ip("netns", "exec", name, "ls", "/sys/class/net"));
    const outside = await execInNetns(name, "ls", ["/sys/class/net"], { mounts: false });
    expect(outside.stdout).not.toContain("inside0");
    expect((await execInNetns(name, "ls", [], { cwd: "/sys/class/net" })).stdout).toBe(stdout);
  });

  test("/etc/netns/NAME covers /etc, the caller's stays", async () => {
    const before = readFileSync("/etc/resolv.conf", "utf8");
    const mounted = mounts();
    mkdirSync(etcOf(name), { recursive: true });
    writeFileSync(`${etcOf(name)}/resolv.conf`, "nameserver 192.0.2.53\n");
    const read = () => execInNetns({ fd }, "cat", ["/etc/resolv.conf"], { name });
    expect((await execInNetns(name, "cat", ["/etc/resolv.conf"])).stdout).toBe("nameserver 192.0.2.53\n");
    expect((await read()).stdout).toBe("nameserver 192.0.2.53\n");
    expect((await execInNetns({ fd }, "cat", ["/etc/resolv.conf"])).stdout).toBe(before);
    expect(readFileSync("/etc/resolv.conf", "utf8")).toBe(before);
    expect(mounts()).toEqual(mounted);
  });

  test("a file in /etc/netns/NAME without one to cover is an error that names both", async () => {
    mkdirSync(etcOf(name), { recursive: true });
    writeFileSync(`${etcOf(name)}/nlkit-absent.conf`, "");
    const error = await failure(() => execInNetns(name, "true"));
    expect(error).toMatchObject({
      name: "SystemError",
      syscall: "mount",
      code: "ENOENT",
      subject: `${etcOf(name)}/nlkit-absent.conf on /etc/nlkit-absent.conf`,
    });
    rmSync(etcOf(name), { recursive: true });
  });

  test("a mount namespace of its own", async () => {
    const { stdout } = await execInNetns(name, "readlink", ["/proc/self/ns/mnt"]);
    expect(stdout.trim()).not.toBe(readlinkSync("/proc/self/ns/mnt"));
  });
});
