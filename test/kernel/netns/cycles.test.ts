import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import { expect, test } from "vitest";
import { createNetns } from "../../../src/api/netns/create.ts";
import { deleteNetns } from "../../../src/api/netns/delete.ts";
import { execInNetns } from "../../../src/api/netns/exec.ts";
import { close } from "../../../src/netlink/socket/libc.ts";
import { failure, freshName, holdings, own, pathOf, threadNamespaces } from "./support.ts";

test("500 namespaces created and deleted leave no descriptor, mount or thread behind", async () => {
  const name = freshName();
  const cycle = async () => {
    close(await createNetns(name));
    deleteNetns(name);
  };
  await cycle();
  await stat("/"); // the thread pool is up
  const before = holdings();
  const home = threadNamespaces();
  expect(home.size).toBe(1);
  for (let count = 0; count < 500; count++) await cycle();
  expect(holdings()).toEqual(before);
  expect(threadNamespaces()).toEqual(home);
  expect(existsSync(pathOf(name))).toBe(false);
}, 60_000);

test("50 programs, half of which do not exist, leave nothing behind", async () => {
  const name = freshName();
  own(await createNetns(name));
  const run = async (mounts: boolean) => {
    await execInNetns(name, "true", [], { mounts });
    await failure(() => execInNetns(name, "nlkit-no-such-program", [], { mounts }));
  };
  await run(true);
  await run(false);
  const before = holdings();
  for (let count = 0; count < 5; count++) await run(true);
  for (let count = 0; count < 20; count++) await run(false);
  expect(holdings()).toEqual(before);
});
