/** `ns.nat` and `ns.firewall`: what they make, that they make it once, and that they take only their own away. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Netns } from "../../../src/api/netns/netns.ts";
import { InputError } from "../../../src/netlink/errors.ts";

let ns: Netns;
beforeEach(async () => {
  ns = await Netns.anonymous();
});
afterEach(() => ns.close());

const expressions = async () =>
  (await ns.nat.list()).map(({ family, chain, expr }) => ({ family, chain, expr }));
const field = (protocol: string, name: string) => ({ payload: { protocol, field: name } });

describe("nat", () => {
  test("masquerades, once, and takes it away with its table", async () => {
    const masquerade = { source: "10.0.0.0/24", out: "eth0", except: "10.0.0.0/8" };
    await ns.nat.masquerade(masquerade);
    await ns.nat.masquerade(masquerade);
    expect(await expressions()).toEqual([
      {
        family: "ip",
        chain: "postrouting",
        expr: [
          { match: { op: "==", left: { meta: { key: "oifname" } }, right: "eth0" } },
          {
            match: { op: "==", left: field("ip", "saddr"), right: { prefix: { addr: "10.0.0.0", len: 24 } } },
          },
          {
            match: { op: "!=", left: field("ip", "daddr"), right: { prefix: { addr: "10.0.0.0", len: 8 } } },
          },
          { masquerade: null },
        ],
      },
    ]);
    expect(await ns.nat.delete({ masquerade })).toBe(true);
    expect(await ns.nat.delete({ masquerade })).toBe(false);
    expect(await ns.nft.list()).toEqual([]);
  });

  test.each([
    ["10.0.0.2:80", "ip", { addr: "10.0.0.2", port: 80 }],
    ["10.0.0.2", "ip", { addr: "10.0.0.2" }],
    ["[fd00::2]:80", "ip6", { addr: "fd00::2", port: 80 }],
    ["fd00::2", "ip6", { addr: "fd00::2" }],
  ])("forwards a port to %s", async (to, family, dnat) => {
    const forward = { proto: "tcp", port: 8083, to, local: true } as const;
    await ns.nat.forward(forward);
    await ns.nat.forward(forward);
    const rules = await expressions();
    expect(rules.map((rule) => [rule.family, rule.chain])).toEqual([
      [family, "prerouting"],
      [family, "output-nat"],
    ]);
    for (const { expr } of rules) {
      expect(expr).toEqual([{ match: { op: "==", left: field("tcp", "dport"), right: 8083 } }, { dnat }]);
    }
    expect(await ns.nat.delete({ forward })).toBe(true);
    expect(await ns.nft.list()).toEqual([]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["to", () => ns.nat.forward({ proto: "tcp", port: 1, to: "nowhere:x:y" })],
    ["port", () => ns.nat.forward({ proto: "tcp", port: 70_000, to: "10.0.0.2" })],
    ["source", () => ns.nat.masquerade({ source: "10.0.0.0/x" })],
    ["sauce", () => ns.nat.masquerade({ sauce: "10.0.0.0/8" } as never)],
    ["proto", () => ns.firewall.accept("input", { proto: "icmp", port: 5 })],
    ["hook", () => ns.firewall.accept("inputt" as "input")],
    ["policy", () => ns.firewall.policy("input", "reject" as "drop")],
  ])("a wrong %s is refused, and nothing is made", async (_, call) => {
    await expect(call()).rejects.toThrow(InputError);
    expect(await ns.nft.list()).toEqual([]);
  });
});

describe("firewall", () => {
  test("keeps the order of rules, a policy, and those of others", async () => {
    await ns.nft.add({ table: { family: "inet", name: "others" } });
    await ns.firewall.policy("forward", "drop");
    await ns.firewall.accept("forward", { state: ["established", "related"] });
    await ns.firewall.drop("forward", { source: "fd00::/64", proto: "udp", port: [1000, 2000] });
    await ns.firewall.reject("forward", { in: "eth*" });
    const verdicts = (await ns.firewall.list()).map(({ expr }) => Object.keys(expr.at(-1)!)[0]);
    expect(verdicts).toEqual(["accept", "drop", "reject"]);
    const chains = (await ns.nft.list()).flatMap((object) => ("chain" in object ? [object.chain] : []));
    expect(chains).toMatchObject([
      { family: "inet", table: "nlkit", name: "forward", policy: "drop", hook: "forward" },
    ]);

    expect(
      await ns.firewall.delete("drop", "forward", { source: "fd00::/64", proto: "udp", port: [1000, 2000] }),
    ).toBe(true);
    await ns.firewall.delete("accept", "forward", { state: ["established", "related"] });
    await ns.firewall.delete("reject", "forward", { in: "eth*" });
    expect((await ns.nft.list({ table: "nlkit" })).length).toBe(2); // the policy is kept
    await ns.firewall.policy("forward", "accept");
    const tables = (await ns.nft.list()).flatMap((object) => ("table" in object ? [object.table.name] : []));
    expect(tables).toEqual(["others"]);
  });
});
