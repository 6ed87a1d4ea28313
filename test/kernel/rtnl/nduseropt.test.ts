/** What the kernel tells of a router's advertisement. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { Netns } from "../../../src/index.ts";
import { encodePayload } from "../../../src/netlink/codec/message.ts";
import {
  type NdOption,
  type Nduseropt,
  nduseroptMessage,
  type Prefix,
  RTNLGRP_IPV6_PREFIX,
  RTNLGRP_ND_USEROPT,
} from "../../../src/rtnl/index.ts";
import { missing } from "../../support/programs.ts";

const script = new URL("../support/router-advertisement.py", import.meta.url).pathname;
let host: Netns;
let router: Netns;

beforeAll(async () => {
  host = await Netns.anonymous();
  router = await Netns.anonymous();
  for (const ns of [host, router]) await ns.exec("sysctl", ["-qw", "net.ipv6.conf.default.accept_dad=0"]);
  await host.link.add({
    ifname: "eth0",
    kind: "veth",
    address: "02:00:00:00:00:02",
    peer: { ifname: "eth0", netns: router, address: "02:00:00:00:00:01" },
  });
  await router.link.set("eth0", { up: true });
  await host.link.set("eth0", { up: true });
});
afterAll(() => {
  host?.close();
  router?.close();
});

/** The options as they are on the wire. */
function hexOf(options: NdOption[]): string {
  const message = encodePayload(nduseroptMessage, { options });
  return Buffer.from(message.subarray(16)).toString("hex");
}

const options: NdOption[] = [
  { type: "rdnss", data: { lifetime: 3600, addresses: ["2001:db8::53", "2001:db8::54"] } },
  { type: "dnssl", data: { lifetime: 600, domains: ["example.test", "lan"] } },
  { type: "captive-portal", data: "https://portal.example.test/" },
  { type: "pref64", data: { lifetime: 1800, prefix: "64:ff9b::/96" } },
];
const prefix: NdOption = {
  type: "prefix-info",
  data: {
    prefixLen: 64,
    flags: ["auto", "onlink"],
    validLifetime: 7200,
    preferredLifetime: 3600,
    prefix: "2001:db8:1::",
  },
};

const noPython = missing("python3");

test.skipIf(noPython !== "")(
  `name servers, domains, a portal and a prefix that a router advertises${noPython}`,
  async () => {
    const { ifindex } = await host.link.get("eth0");
    await using events = host.client.subscribe([RTNLGRP_ND_USEROPT, RTNLGRP_IPV6_PREFIX]);
    const sent = await router.exec("python3", [script, "eth0", hexOf([prefix, ...options])]);
    expect(sent).toMatchObject({ exitCode: 0, stderr: "" });
    const told: Nduseropt[] = [];
    let advertised: Prefix | undefined;
    for await (const { type, value } of events) {
      if (type === "RTM_NEWPREFIX") advertised = value as Prefix;
      else told.push(value as Nduseropt);
      if (told.flatMap((message) => message.options).length === 5 && advertised) break;
    }
    const heard = told.flatMap((message) => message.options);
    expect(heard).toEqual(expect.arrayContaining([prefix, ...options]));
    for (const message of told) {
      expect(message).toMatchObject({
        nduseroptFamily: "inet6",
        nduseroptIfindex: ifindex,
        nduseroptIcmpType: 134,
        srcaddr: "fe80::ff:fe00:1",
      });
    }
    expect(advertised).toMatchObject({
      prefixIfindex: ifindex,
      prefixLen: 64,
      prefixFlags: ["pi-auto", "pi-onlink"],
      address: "2001:db8:1::",
      cacheinfo: { preferredTime: 3600, validTime: 7200 },
    });
  },
);
