import { expect, test } from "vitest";
import { formatTree, formatTrees } from "../../../src/decode/index.ts";
import { bytes, zeros } from "../../support/wire.ts";
import { explain, little, loAddress, vxlanError, vxlanRequest } from "./datagrams.ts";

const { message, attr, bare } = little;

test("one field a line", () => {
  expect(formatTree(explain(loAddress).messages[0]!)).toBe(
    `
← RTM_NEWADDR, 76 bytes at 0
     0  nlmsgLen: 76 bytes
     4  nlmsgType: RTM_NEWADDR (20)
     6  nlmsgFlags: NLM_F_MULTI (0x2)
     8  nlmsgSeq: 1698907594
    12  nlmsgPid: 3358402136
    16  ifaFamily: AF_INET (2)
    17  ifaPrefixlen: 8
    18  ifaFlags: IFA_F_PERMANENT (0x80)
    19  ifaScope: RT_SCOPE_HOST (254)
    20  ifaIndex: 1
    24  address: 127.0.0.1  IFA_ADDRESS 1
    32  local: 127.0.0.1  IFA_LOCAL 2
    40  label: "lo"  IFA_LABEL 3
    48  flags: IFA_F_PERMANENT (0x80)  IFA_FLAGS 8
    56  cacheinfo:  IFA_CACHEINFO 6
    60    ifaPrefered: 4294967295 s
    64    ifaValid: 4294967295 s
    68    cstamp: 428158 1/100 s
    72    tstamp: 428158 1/100 s`.trimStart(),
  );
});

test("nesting, and what an error is about", () => {
  const tree = formatTrees(explain(vxlanError, { requestOf: () => vxlanRequest }));
  expect(tree).toContain(
    `
    16  error: ERANGE (-34)
    20  request:
    20    nlmsgLen: 68 bytes
    24    nlmsgType: RTM_NEWLINK (16)`,
  );
  expect(tree).toContain('    36  msg: "VXLAN ID must be lower than 16777216"  NLMSGERR_ATTR_MSG 1\n');
  expect(tree.split("\n").at(-1)?.trim()).toBe(
    "VXLAN ID must be lower than 16777216 at linkinfo.data.id (IFLA_VXLAN_ID)",
  );
  expect(formatTrees(explain(vxlanRequest))).toContain(
    `
    40  linkinfo:  IFLA_LINKINFO 18 NLA_F_NESTED
    44    kind: "vxlan"  IFLA_INFO_KIND 1
    56    data:  IFLA_INFO_DATA 2 NLA_F_NESTED
    60      id: 33554431  IFLA_VXLAN_ID 1`,
  );
});

test("problems stand at their field, the others and notes at the end", () => {
  const link = message({ type: 16, length: 100 }, zeros(16), attr(4, zeros(2)), bare(0x4000 | 77, zeros(40)));
  const lines = formatTrees(explain(bytes(link))).split("\n");
  expect(lines.filter((line) => line.includes("!"))).toEqual([
    "    32  mtu: 0x0000  IFLA_MTU 4  ! 2 bytes are no u32",
    `    40  unknown.77: 0x${"00".repeat(32)}… (40 bytes)  type 77 NLA_F_NET_BYTEORDER  ! unknown attribute 77 of link-attrs`,
    "        ! 100 bytes long, but the datagram ends after 84 (byte 0)",
  ]);
  const note = formatTrees(explain(bytes(loAddress, zeros(4)))).split("\n");
  expect(note.at(-1)).toBe("        4 zero bytes behind the last message (byte 76)");
});

test("style sees every piece", () => {
  const message = explain(vxlanRequest).messages[0]!;
  const styled = formatTree(message, { style: (role, text) => `<${role}>${text}</>` });
  expect(styled).toContain('<dim>    32</>  <name>ifname:</> <value>"vx"</>  <constant>IFLA_IFNAME 3</>');
  expect(styled.replace(/<\/?\w*>/g, "")).toBe(formatTree(message));
});
