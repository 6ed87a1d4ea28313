/** The cable's tests: without root, without Linux, in milliseconds. */
import { fileURLToPath } from "node:url";
import type { Netns } from "nlkit";
import { type Fault, refuse, whyNoSandbox, withFaults, withReplay, withSandbox } from "nlkit/testing";
import { expect, test } from "vitest";
import { connect, describe } from "./cable.ts";

const recording = fileURLToPath(new URL("cable.json", import.meta.url));

async function layTwice(host: Netns, box: Netns): Promise<string> {
  for (const address of ["10.0.0.2/24", "10.0.0.3/24"])
    await connect(host, box, { address, gateway: "10.0.0.1" });
  return describe(box);
}

test("a cable is laid, and laid anew", async () => {
  await withReplay(recording, async ({ netns }) => {
    expect(await layTwice(netns("host"), netns("box"))).toBe("eth0 10.0.0.3/24 via 10.0.0.1");
  });
});

test("another MTU is another request", async () => {
  const other = withReplay(recording, ({ netns }) =>
    connect(netns("host"), netns("box"), { address: "10.0.0.2/24", gateway: "10.0.0.1", mtu: 9000 }),
  );
  await expect(other).rejects.toThrow(/− mtu: 1500 bytes.*\n {2}\+ mtu: 9000 bytes/);
});

test("what the kernel forbids reaches the caller", async () => {
  const denied: Fault = refuse("EPERM", { request: "RTM_NEWLINK" });
  await withReplay(
    recording,
    async (replayed) => {
      const host = replayed.netns("host", { open: withFaults(replayed.openAs("host"), denied) });
      const laying = connect(host, replayed.netns("box"), { address: "10.0.0.2/24", gateway: "10.0.0.1" });
      await expect(laying).rejects.toMatchObject({ code: "EPERM" });
    },
    { complete: false },
  );
});

const why = await whyNoSandbox();
test.skipIf(why !== undefined)(`the same on the real kernel${why ? ` (skipped: ${why})` : ""}`, async () => {
  await withSandbox(async ({ namespace }) => {
    expect(await layTwice(await namespace("host"), await namespace("box"))).toBe(
      "eth0 10.0.0.3/24 via 10.0.0.1",
    );
  });
});
