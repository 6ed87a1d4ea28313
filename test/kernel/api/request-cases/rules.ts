/** Policy routing. */
import type { RuleSettings } from "../../../../src/index.ts";
import type { RequestCase } from "../../support/requests.ts";

let priority = 1000;
function rule(words: string, settings: RuleSettings, family = ""): RequestCase {
  const own = priority++;
  return [
    `ip ${family}rule add priority ${own} ${words}`,
    (ns) => ns.rule.add({ priority: own, ...settings }),
  ];
}

export const rules: readonly RequestCase[] = [
  rule("from 10.0.0.0/8 table 100", { from: "10.0.0.0/8", table: 100 }),
  rule("from all table 1000", { from: "all", table: 1000 }),
  rule("from 10.0.0.1 to 10.1.0.0/16 tos 0x10 fwmark 5/0xff iif v0 oif v1 table main", {
    from: "10.0.0.1",
    to: "10.1.0.0/16",
    tos: 0x10,
    fwmark: "5/0xff",
    iif: "v0",
    oif: "v1",
    table: "main",
  }),
  rule("not from 10.0.0.0/8 fwmark 7 table 100", { not: true, from: "10.0.0.0/8", fwmark: 7, table: 100 }),
  rule("uidrange 1000-2000 ipproto tcp sport 1000-2000 dport 80 table 100", {
    uidrange: "1000-2000",
    ipproto: "tcp",
    sport: "1000-2000",
    dport: 80,
    table: 100,
  }),
  rule("table 100 suppress_prefixlength 0 suppress_ifgroup 5", {
    table: 100,
    suppressPrefixlen: 0,
    suppressIfgroup: 5,
  }),
  rule("l3mdev", { l3mdev: true }),
  rule("goto 32766", { goto: 32766 }),
  rule("nop", { action: "nop" }),
  rule("blackhole", { action: "blackhole" }),
  rule("unreachable", { action: "unreachable" }),
  rule("prohibit", { action: "prohibit" }),
  rule("table 100 realms 5/6", { table: 100, flow: { from: 5, to: 6 } }),
  rule("table 100 protocol static", { table: 100, protocol: "static" }),
  rule("tun_id 5 table 100", { tunId: 5, table: 100 }),
  rule("from 2001:db8::/32 table 100", { from: "2001:db8::/32", table: 100 }, "-6 "),
  rule("to 2001:db8::1 iif v0 table 100", { to: "2001:db8::1", iif: "v0", table: 100 }, "-6 "),
  ["ip rule del priority 1000", (ns) => ns.rule.delete({ priority: 1000 })],
  [
    "ip rule del from 10.0.0.1 to 10.1.0.0/16 fwmark 5/0xff iif v0 oif v1 tos 0x10",
    (ns) =>
      ns.rule.delete({
        from: "10.0.0.1",
        to: "10.1.0.0/16",
        fwmark: "5/0xff",
        iif: "v0",
        oif: "v1",
        tos: 0x10,
      }),
  ],
  [
    "ip -6 rule del from 2001:db8::/32 table 100",
    (ns) => ns.rule.delete({ from: "2001:db8::/32", table: 100 }),
  ],
];
