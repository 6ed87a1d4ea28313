import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { open, withoutUnixDgram } from "./apart.ts";
import { compile } from "./compile.ts";
import * as raw from "./raw.ts";

const OPEN = new URL("../../../src/netlink/socket/open.ts", import.meta.url).href;

describe("openChannel", () => {
  test(`takes ${withoutUnixDgram ? "koffi and says why" : "unix-dgram"} for requests, koffi for streams`, () => {
    const requests = open({});
    expect(requests.kind).toBe(withoutUnixDgram ? "koffi" : "unix-dgram");
    expect(requests.because).toBe(withoutUnixDgram);
    expect(open({ use: "stream" })).toMatchObject({ kind: "koffi", because: undefined });
  });

  test("takes what NLKIT_CHANNEL says for requests", () => {
    process.env.NLKIT_CHANNEL = "koffi";
    try {
      expect(open({})).toMatchObject({ kind: "koffi", because: "NLKIT_CHANNEL=koffi" });
      process.env.NLKIT_CHANNEL = "carrier-pigeon";
      expect(() => open({})).toThrow("NLKIT_CHANNEL: expected unix-dgram or koffi");
    } finally {
      delete process.env.NLKIT_CHANNEL;
    }
  });

  test.each([
    ["is not installed", [], "the npm package unix-dgram is not installed"],
    ["was not compiled", ["package.json"], "unix-dgram's addon was not compiled when it was installed"],
    [
      "is no addon",
      ["package.json", "build/Release/unix_dgram.node"],
      expect.stringMatching(/^unix-dgram's addon does not load: .*unix_dgram\.node/),
    ],
  ])("takes koffi where unix-dgram %s, and says so", (_, files, because) => {
    const folder = compile(["koffi", "@koromix"]);
    try {
      for (const file of files) {
        const path = join(folder, "node_modules/unix-dgram", file);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, "{}");
      }
      const file = JSON.stringify(join(folder, "socket/open.js"));
      const program = `import(${file}).then(({ openChannel }) => {
        const { kind, because } = openChannel({ protocol: 0, use: "requests" });
        console.log(JSON.stringify({ kind, because }));
        try { openChannel({ protocol: 0, use: "requests", kind: "unix-dgram" }); } catch ({ code }) { console.log(code); }
      });`;
      const { stdout } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });
      const [opened, refusal] = stdout.split("\n");
      expect(JSON.parse(opened!)).toEqual({ kind: "koffi", because });
      expect(refusal).toBe("ERR_NETLINK_UNSUPPORTED");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("takes koffi in a worker and says why; its waiting works there", async () => {
    const program = `
      const { parentPort } = require("node:worker_threads");
      import("tsx/esm/api").then(async ({ register }) => {
        register();
        const { openChannel } = await import(${JSON.stringify(OPEN)});
        const channel = openChannel({ protocol: 0, use: "requests" });
        channel.send(Buffer.from(${JSON.stringify([...raw.getLink(1)])}));
        await new Promise((resolve) => channel.wait(resolve));
        const { length } = channel.receive();
        channel.close();
        parentPort.postMessage({ kind: channel.kind, because: channel.because, answered: length > 16 });
      });
    `;
    const worker = new Worker(program, { eval: true });
    const [message, code] = await Promise.all([
      new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject)),
      new Promise((resolve) => worker.once("exit", resolve)),
    ]);
    expect(message).toEqual({
      kind: "koffi",
      because: "unix-dgram works only in the main thread",
      answered: true,
    });
    expect(code).toBe(0);
  });
});
