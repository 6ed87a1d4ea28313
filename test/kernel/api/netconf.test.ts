/** Netconf and address labels, as `ip` prints them. */
import { beforeAll, describe, expect, test } from "vitest";
import { full, onlyFull } from "../support/full.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("netconf");

beforeAll(async () => {
  await on.ns.link.add({ ifname: "v0", kind: "veth", up: true, peer: { ifname: "v1", up: true } });
  await on.ns.exec("sysctl", ["-qw", "net.ipv4.conf.v0.forwarding=1", "net.ipv4.conf.v0.rp_filter=2"]);
  await on.ns.exec("sysctl", ["-qw", "net.ipv4.conf.all.rp_filter=1", "net.ipv6.conf.v0.forwarding=1"]);
  if (full) await on.ns.exec("sysctl", ["-qw", "net.mpls.conf.v0.input=1"]);
});

/** This version of `ip` knows two attributes less. */
const known = ({ bcForwarding: _b, forceForwarding: _f, ...netconf }: object & Json) => netconf;

describe("netconf", () => {
  test("of all links", async () => {
    const listed = (await on.ns.netconf.list()).map(known);
    expect(listed).toEqual(on.observer.ipJson("netconf show"));
    expect(listed.map((netconf) => netconf.interface)).toContain("all");
  });

  test("of a link, changed", async () => {
    const [inet, inet6] = await on.ns.netconf.list({ dev: "v0" });
    expect(inet).toMatchObject({ family: "inet", interface: "v0", forwarding: true, rpFilter: "loose" });
    expect(inet6).toMatchObject({ family: "inet6", interface: "v0", forwarding: true });
    expect(await on.ns.netconf.get("v0")).toEqual(inet);
    expect(await on.ns.netconf.get("v0", "inet6")).toEqual(inet6);
  });

  test("of all and of new links", async () => {
    expect(await on.ns.netconf.get("all")).toMatchObject({ interface: "all", rpFilter: "strict" });
    expect(await on.ns.netconf.get("default")).toMatchObject({ interface: "default", rpFilter: "off" });
    expect(await on.ns.netconf.list({ family: "inet6", dev: "default" })).toHaveLength(1);
  });

  test.skipIf(!full)(`of MPLS${full ? "" : onlyFull}`, async () => {
    expect(await on.ns.netconf.get("v0", "mpls")).toEqual({ family: "mpls", interface: "v0", input: true });
    expect(await on.ns.netconf.list({ family: "mpls" })).toEqual(on.observer.ipJson("-M netconf show"));
  });

  test("of a link that is not there", async () => {
    expect(await failureOf(() => on.ns.netconf.get("nowhere"))).toMatchObject({
      code: "ENODEV",
      path: "dev",
    });
  });
});

describe("address labels", () => {
  const seen = () => on.observer.ipJson("addrlabel show");

  test("listed", async () => {
    expect(await on.ns.addrlabel.list()).toEqual(seen());
  });

  test("made by the library, made by ip", async () => {
    await on.ns.addrlabel.add({ prefix: "2001:db8::/32", label: 99 });
    await on.ns.addrlabel.add({ prefix: "2001:db8::/32", dev: "v0", label: 98 });
    on.observer.ip("addrlabel add prefix 2001:db9::/32 dev v0 label 97");
    const expected = [
      { address: "2001:db8::", prefixlen: 32, label: 99 },
      { address: "2001:db8::", prefixlen: 32, ifname: "v0", label: 98 },
      { address: "2001:db9::", prefixlen: 32, ifname: "v0", label: 97 },
    ];
    expect(seen()).toEqual(expect.arrayContaining(expected));
    expect(await on.ns.addrlabel.list()).toEqual(expect.arrayContaining(expected));
    expect(await on.ns.addrlabel.get("2001:db8::7")).toMatchObject({ label: 99 });
    expect(await on.ns.addrlabel.get("2001:db8::7", { dev: "v0" })).toMatchObject({ label: 98 });
    await on.ns.addrlabel.delete({ prefix: "2001:db8::/32" });
    expect(seen()).not.toContainEqual(expected[0]);
    expect(await on.ns.addrlabel.list()).toEqual(seen());
  });

  test("refusals", async () => {
    await on.ns.addrlabel.add({ prefix: "2001:dba::/32", label: 1 });
    const { addrlabel } = on.ns;
    const again = () => addrlabel.add({ prefix: "2001:dba::/32", label: 2 });
    expect(await failureOf(again)).toMatchObject({ code: "EEXIST", path: "prefix" });
    const none = () => addrlabel.delete({ prefix: "2001:dbb::/32" });
    expect(await failureOf(none)).toMatchObject({ code: "ESRCH", path: "prefix" });
    const inet = () => addrlabel.add({ prefix: "10.0.0.0/8", label: 2 });
    expect(await failureOf(inet)).toMatchObject({ code: "ERR_INVALID_ARG_VALUE", path: "prefix" });
    const high = () => addrlabel.add({ prefix: "2001:dbc::/32", label: 0xffffffff });
    expect(await failureOf(high)).toMatchObject({ code: "ERR_INVALID_ARG_VALUE", path: "label" });
  });

  test("flushed", async () => {
    await on.ns.addrlabel.flush();
    expect(seen()).toEqual([]);
  });
});
