/** Generic netlink's families, as `genl` lists them. */
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getFamily, listFamilies, listPolicies } from "../../../src/genl/ctrl/index.ts";
import { generic } from "../../../src/genl/protocol.ts";
import { Client } from "../../../src/netlink/client.ts";

let client: Client;
beforeAll(() => {
  client = new Client({ protocol: generic });
});
afterAll(() => client?.close());

describe("nlctrl", () => {
  test("families, with their groups, are those that genl lists", async () => {
    const listed = execFileSync("genl", ["ctrl", "list"], { encoding: "utf8" });
    const theirs = [
      ...listed.matchAll(/Name: (.+)\n\s+ID: 0x(\w+)\s+Version: 0x(\w+)\s+header size: (\d+)/g),
    ].map(([, name, id, version, size]) => [
      name,
      Number.parseInt(id!, 16),
      Number.parseInt(version!, 16),
      Number(size),
    ]);
    const families = await client.list(listFamilies());
    expect(
      families.map(({ familyName, familyId, version, hdrsize }) => [familyName, familyId, version, hdrsize]),
    ).toEqual(theirs);
    const groups = families.flatMap(({ mcastGroups = [] }) => mcastGroups.map(({ id }) => id));
    const theirGroups = [...listed.matchAll(/#\d+:\s+ID-0x(\w+)\s+name: \S+/g)].map(([, id]) =>
      Number.parseInt(id!, 16),
    );
    expect(groups.filter((id) => theirGroups.includes(id!)).length).toBe(theirGroups.length);
    expect(families.flatMap((family) => family.unknown ?? [])).toEqual([]);
  });

  test("one by its name, and one that is not there", async () => {
    const family = await client.request(getFamily({ familyName: "nlctrl" }));
    expect(family).toMatchObject({ genlCmd: "newfamily", familyId: 16, version: 2 });
    expect(family!.ops!.find(({ id }) => id === 3)?.flags).toContain("cmd-cap-dump");
    await expect(client.request(getFamily({ familyName: "nlkit" }))).rejects.toMatchObject({
      code: "ENOENT",
    });
  });

  test("policies: what the kernel accepts of nlctrl's own requests", async () => {
    const parts = await client.list(listPolicies({ familyName: "nlctrl" }));
    const operations = parts.flatMap(({ opPolicy = [] }) => opPolicy);
    // CTRL_CMD_GETPOLICY only dumps, and Linux 6.18 calls it 0.
    expect(operations.map(({ id }) => id)).toContain(3);
    expect(operations.find(({ id }) => id !== 3)!.value).toEqual({ dump: expect.any(Number) });
    const policies = parts.flatMap(({ policy = [] }) => policy);
    const first = policies.flatMap(({ value }) => value).find(({ id }) => id === 1)!;
    expect(first.value.type).toBe("u16");
    expect(
      JSON.stringify(parts, (_key, value) => (typeof value === "bigint" ? Number(value) : value)),
    ).not.toMatch(/"unknown"/);
  });
});
