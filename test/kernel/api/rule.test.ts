/** Rules: what the library makes is what `ip rule` and the library itself read, and the other way round. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RuleSelector, RuleSettings } from "../../../src/index.ts";
import { nullsTrue } from "../support/full.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("rule");

beforeAll(async () => {
  await on.ns.link.add({ ifname: "v0", kind: "veth", up: true, peer: { ifname: "v1", up: true } });
});

const FROM = 100;
const TO = 200;

beforeEach(() => {
  for (const family of ["-4", "-6"]) {
    for (const { priority } of seen(family)) {
      if (priority > 0 && priority < 30_000) on.observer.ip(`${family} rule del priority ${priority}`);
    }
  }
});

function seen(family: string, selector = ""): Json[] {
  return on.observer.ipJson(`${family} rule show ${selector}`).map((rule) => ({
    family: family === "-4" ? "inet" : "inet6",
    ...nullsTrue(rule),
  }));
}

const made: [name: string, asked: RuleSettings, words: string, printed: Json][] = [
  [
    "a table",
    { from: "10.0.0.0/8", table: 100 },
    "from 10.0.0.0/8 table 100",
    { src: "10.0.0.0", srclen: 8, table: "100" },
  ],
  ["an address", { from: "10.0.0.1" }, "from 10.0.0.1 table main", { src: "10.0.0.1", table: "main" }],
  [
    "a table above 255",
    { to: "10.0.0.0/8", table: 70000 },
    "to 10.0.0.0/8 table 70000",
    { src: "all", dst: "10.0.0.0", dstlen: 8, table: "70000" },
  ],
  [
    "a table by name",
    { iif: "v0", table: "local" },
    "iif v0 table local",
    { src: "all", iif: "v0", table: "local" },
  ],
  [
    "a link that is not there",
    { oif: "nowhere", table: 7 },
    "oif nowhere table 7",
    { src: "all", oif: "nowhere", oifDetached: true, table: "7" },
  ],
  [
    "IPv6",
    { from: "fd00::/16", to: "fd01::1", table: 7 },
    "from fd00::/16 to fd01::1 table 7",
    { family: "inet6", src: "fd00::", srclen: 16, dst: "fd01::1", table: "7" },
  ],
  [
    "not",
    { from: "10.0.0.0/8", not: true, table: 7 },
    "not from 10.0.0.0/8 table 7",
    { not: true, src: "10.0.0.0", srclen: 8, table: "7" },
  ],
  ["a mark", { fwmark: 16, table: 7 }, "fwmark 16 table 7", { src: "all", fwmark: "0x10", table: "7" }],
  [
    "a mark with a mask",
    { fwmark: "0x10/0xff", table: 7 },
    "fwmark 0x10/0xff table 7",
    { src: "all", fwmark: "0x10", fwmask: "0xff", table: "7" },
  ],
  ["a type of service", { tos: 0x10, table: 7 }, "tos 0x10 table 7", { src: "all", tos: "0x10", table: "7" }],
  [
    "a type of service by name",
    { tos: "0x08", table: 7 },
    "tos 0x08 table 7",
    { src: "all", tos: "0x08", table: "7" },
  ],
  [
    "ports",
    { ipproto: "tcp", sport: "1000-2000", dport: 80, table: 7 },
    "ipproto tcp sport 1000-2000 dport 80 table 7",
    { src: "all", ipproto: "tcp", sportStart: 1000, sportEnd: 2000, dport: 80, table: "7" },
  ],
  [
    "users",
    { uidrange: "5-10", table: 7 },
    "uidrange 5-10 table 7",
    { src: "all", uidStart: 5, uidEnd: 10, table: "7" },
  ],
  ["the table of the VRF", { l3mdev: true }, "l3mdev", { src: "all", l3mdev: true }],
  ["a tunnel", { tunId: 5, table: 7 }, "tun_id 5 table 7", { src: "all", tunId: 5, table: "7" }],
  [
    "routes that do not count",
    { table: "main", suppressPrefixlen: 0, suppressIfgroup: 5 },
    "table main suppress_prefixlength 0 suppress_ifgroup 5",
    { src: "all", table: "main", suppressPrefixlen: 0, suppressIfgroup: "5" },
  ],
  [
    "realms",
    { table: 7, flow: { from: 3, to: 4 } },
    "table 7 realms 3/4",
    { src: "all", table: "7", flowFrom: "3", flowTo: "4" },
  ],
  ["another rule", { goto: 32767 }, "goto 32767", { src: "all", goto: 32767 }],
  ["a rule that is not there", { goto: 31000 }, "goto 31000", { src: "all", goto: 31000, unresolved: true }],
  ["nothing", { action: "nop" }, "nop", { src: "all", nop: true }],
  [
    "a blackhole",
    { from: "10.0.0.0/8", action: "blackhole" },
    "from 10.0.0.0/8 blackhole",
    { src: "10.0.0.0", srclen: 8, action: "blackhole" },
  ],
  ["unreachable", { action: "unreachable" }, "unreachable", { src: "all", action: "unreachable" }],
  ["prohibit", { action: "prohibit" }, "prohibit", { src: "all", action: "prohibit" }],
];

describe.each(made)("%s", (_name, asked, words, printed) => {
  const option = printed.family === "inet6" ? "-6" : "-4";
  const whole = { family: "inet", protocol: "static", ...printed };
  const listed = async (priority: number) =>
    on.ns.rule.list({ priority, family: whole.family as "inet" | "inet6" });

  test("made by the library", async () => {
    const rule: RuleSettings = { ...asked, priority: FROM, protocol: "static" };
    await on.ns.rule.add(rule);
    const expected = [{ ...whole, priority: FROM }];
    expect(seen(option, `priority ${FROM}`)).toEqual(expected);
    expect(await listed(FROM)).toEqual(expected);
    expect(await on.ns.rule.list({ ...selectorOf(rule), family: whole.family as "inet" })).toEqual(expected);
    await on.ns.rule.delete(rule);
    expect(seen(option, `priority ${FROM}`)).toEqual([]);
  });

  test("made by ip", async () => {
    on.observer.ip(`${option} rule add ${words} priority ${TO} protocol static`);
    const expected = [{ ...whole, priority: TO }];
    expect(seen(option, `priority ${TO}`)).toEqual(expected);
    expect(await listed(TO)).toEqual(expected);
  });
});

function selectorOf(rule: RuleSettings): RuleSelector {
  const { suppressPrefixlen: _p, suppressIfgroup: _g, flow: _f, goto: _t, action: _a, ...selector } = rule;
  return selector;
}

test("by default the kernel chooses a priority, boot made it, and it looks into main", async () => {
  await on.ns.rule.add({ from: "10.0.0.0/8" });
  expect(await on.ns.rule.list({ from: "10.0.0.0/8" })).toEqual([
    {
      family: "inet",
      priority: 32765,
      src: "10.0.0.0",
      srclen: 8,
      table: "main",
      protocol: "boot",
    },
  ]);
  await on.ns.rule.delete({ from: "10.0.0.0/8" });
});

test("all rules, IPv4 first", async () => {
  await on.ns.rule.add({ from: "fd00::/16", priority: 70 });
  await on.ns.rule.add({ from: "10.0.0.0/8", priority: 60 });
  expect(await on.ns.rule.list()).toEqual([...seen("-4"), ...seen("-6")]);
});

test("selectors", async () => {
  await on.ns.rule.add({ from: "10.0.0.0/8", table: 7, priority: 60, protocol: "static" });
  await on.ns.rule.add({ from: "10.0.0.0/16", table: 7, priority: 61 });
  await on.ns.rule.add({ from: "10.0.0.0/8", not: true, table: 8, priority: 62, fwmark: "1/3" });
  await on.ns.rule.add({ to: "10.0.0.0/8", table: 7, priority: 63, dport: "1-9" });
  const priorities = async (selector: RuleSelector) =>
    (await on.ns.rule.list(selector)).map(({ priority }) => priority);
  expect(await priorities({ from: "10.0.0.0/8" })).toEqual([60, 62]);
  expect(await priorities({ from: "10.0.0.0/8", not: false })).toEqual([60]);
  expect(await priorities({ not: true })).toEqual([62]);
  expect(await priorities({ table: 7 })).toEqual([60, 61, 63]);
  expect(await priorities({ fwmark: 1 })).toEqual([62]);
  expect(await priorities({ fwmark: "1/7" })).toEqual([]);
  expect(await priorities({ dport: "1-9" })).toEqual([63]);
  expect(await priorities({ protocol: "static" })).toEqual([60]);
  expect(await priorities({ to: "10.0.0.0/8" })).toEqual([63]);
  expect(await priorities({ family: "inet6" })).toEqual([0, 32766]);
});

test("flush takes those that the selector lets through, never the first", async () => {
  await on.ns.rule.add({ from: "10.0.0.0/8", table: 7, priority: 60, suppressPrefixlen: 3, fwmark: "1/3" });
  await on.ns.rule.add({ not: true, action: "blackhole", priority: 61, to: "10.0.0.0/8" });
  await on.ns.rule.add({ from: "fd00::/16", table: 7, priority: 62, uidrange: "1-2" });
  await on.ns.rule.flush({ table: 7 });
  expect((await on.ns.rule.list()).map(({ priority }) => priority)).toEqual([0, 61, 32766, 32767, 0, 32766]);
  await on.ns.rule.flush({ not: true });
  await on.ns.rule.flush({ priority: 0 });
  expect((await on.ns.rule.list()).map(({ priority }) => priority)).toEqual([0, 32766, 32767, 0, 32766]);
  await expect(on.ns.rule.flush({})).rejects.toThrow(/a filter with one of/);
});

test("refusals", async () => {
  await on.ns.rule.add({ from: "10.0.0.0/8", priority: 60 });
  expect(await failureOf(() => on.ns.rule.add({ from: "10.0.0.0/8", priority: 60 }))).toMatchObject({
    code: "EEXIST",
  });
  expect(await failureOf(() => on.ns.rule.delete({ priority: 61 }))).toMatchObject({ code: "ENOENT" });
  const wrong: [object, string][] = [
    [{ from: "10.0.0" }, "from"],
    [{ from: "10.0.0.0/8", to: "fd00::/16" }, "to"],
    [{ fwmark: "x" }, "fwmark"],
    [{ sport: "9-1" }, "sport"],
    [{ uidrange: "-" }, "uidrange"],
    [{ ipproto: "nonsense" }, "ipproto"],
    [{ table: "nonsense" }, "table"],
    [{ table: 7, l3mdev: true }, "table"],
    [{ action: "nat" }, "action"],
    [{ action: "nop", goto: 7 }, "action"],
    [{ priority: -1 }, "priority"],
    [{ protocol: "nonsense" }, "protocol"],
    [{ nonsense: 1 }, "nonsense"],
  ];
  for (const [asked, path] of wrong) {
    expect(await failureOf(() => on.ns.rule.add(asked))).toMatchObject({
      code: "ERR_INVALID_ARG_VALUE",
      path,
    });
  }
});

test("a flow label chooses the route (kernel 6.14)", async () => {
  await on.ns.addr.add("v0", { local: "fd00::1/64", nodad: true });
  await on.ns.route.add([
    { dst: "2001:db8::/32", gateway: "fd00::2" },
    { dst: "2001:db8::/32", gateway: "fd00::3", table: 77 },
  ]);
  await on.ns.rule.add({ family: "inet6", flowlabel: 5, table: 77, priority: 100 });
  const gateway = async (flowlabel: number) => (await on.ns.route.get("2001:db8::9", { flowlabel })).gateway;
  expect([await gateway(5), await gateway(6)]).toEqual(["fd00::3", "fd00::2"]);
  const failure = await failureOf(() => on.ns.route.get("2001:db8::9", { flowlabel: -1 }));
  expect(failure).toMatchObject({ name: "InputError", path: "flowlabel" });
});
