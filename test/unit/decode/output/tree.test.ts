import { expect, test } from "vitest";
import { tree } from "../../../../src/decode/output/tree.ts";
import { bytes, text, zeros } from "../../../support/wire.ts";
import {
  addressDump,
  captured,
  dumpEnd,
  little,
  loAddress,
  tell,
  vxlanError,
  vxlanRequest,
} from "../datagrams.ts";

const { message, attr, bare, u32, u64 } = little;

test("one field a line", () => {
  expect(tree(tell(addressDump, loAddress))).toBe(
    `
← RTM_NEWADDR  datagram 1, NETLINK_ROUTE, 76 bytes, answers RTM_GETADDR (datagram 0), object 1
     0  nlmsgLen       76 bytes
     4  nlmsgType      RTM_NEWADDR (20)
     6  nlmsgFlags     NLM_F_MULTI (0x2)
     8  nlmsgSeq       1698907594
    12  nlmsgPid       3358402136
    16  ifaFamily      AF_INET (2)
    17  ifaPrefixlen   8
    18  ifaFlags       IFA_F_PERMANENT (0x80)
    19  ifaScope       RT_SCOPE_HOST (254)
    20  ifaIndex       1
    24  address        127.0.0.1                       IFA_ADDRESS (1)
    32  local          127.0.0.1                       IFA_LOCAL (2)
    40  label          "lo"                            IFA_LABEL (3)
    48  flags          IFA_F_PERMANENT (0x80)          IFA_FLAGS (8)
    56  cacheinfo                                      IFA_CACHEINFO (6)
    60    ifaPrefered  forever (4294967295 s)
    64    ifaValid     forever (4294967295 s)
    68    cstamp       4281.58 s (428158 × 1/100 s)
    72    tstamp       4281.58 s (428158 × 1/100 s)`.trimStart(),
  );
});

test("an error: what the kernel says, the field of the request, its value and its byte", () => {
  const lines = tree(tell(captured(vxlanRequest, { time: 1 }), captured(vxlanError, { time: 1.25 }))).split(
    "\n",
  );
  expect(lines[0]).toMatch(
    /^← NLMSG_ERROR ERANGE {2}datagram 1, NETLINK_ROUTE, \d\d:\d\d:\d\d\.001250, 88 bytes, answers RTM_NEWLINK \(datagram 0\) after 0\.25 ms$/,
  );
  expect(lines).toContain("    16  error         ERANGE (-34)");
  expect(lines).toContain("    20  request");
  expect(lines).toContain("    24    nlmsgType   RTM_NEWLINK (16)");
  expect(lines.at(-1)!.trim()).toBe(
    "VXLAN ID must be lower than 16777216 at linkinfo.data.id (IFLA_VXLAN_ID)  33554431, byte 60 of datagram 0",
  );
});

test("an error that repeats the request does not show it again", () => {
  const refusal = (request: Uint8Array) => message({ type: 2, sequence: 1698907595 }, u32(-17), request);
  const shown = tree(tell(vxlanRequest, refusal(vxlanRequest)));
  expect(shown).toContain("    20  request       as in datagram 0\n    20    nlmsgLen    68 bytes\n");
  expect(shown).not.toContain("ifname");
  const other = vxlanRequest.slice();
  other[36] = 65;
  for (const one of [
    tree(tell(vxlanRequest, refusal(other))),
    tree(tell(vxlanRequest, refusal(vxlanRequest)), { bytes: true }),
    tree(tell(refusal(vxlanRequest))),
  ])
    expect(one).toContain("ifname");
});

test("nesting", () => {
  expect(tree(tell(vxlanRequest))).toContain(
    `
    18  ifiType     0
    20  ifiIndex    0
    24  ifiFlags    0
    28  ifiChange   0
    32  ifname      "vx"                            IFLA_IFNAME (3)
    40  linkinfo                                    IFLA_LINKINFO (18) NLA_F_NESTED
    44    kind      "vxlan"                         IFLA_INFO_KIND (1)
    56    data                                      IFLA_INFO_DATA (2) NLA_F_NESTED
    60      id      33554431                        IFLA_VXLAN_ID (1)`,
  );
});

test("the bytes beside the fields: header, payload, padding", () => {
  const link = message(
    { type: 16 },
    zeros(16),
    attr(3, text("lo\0")),
    attr(1, [1, 2, 3, 4, 5, 6]),
    attr(18, attr(1, text("vlan"))),
  );
  expect(tree(tell(link), { bytes: true })).toBe(
    `
← RTM_NEWLINK  datagram 0, NETLINK_ROUTE, 64 bytes
     0  40 00 00 00                          nlmsgLen    64 bytes
     4  10 00                                nlmsgType   RTM_NEWLINK (16)
     6  00 00                                nlmsgFlags  0
     8  00 00 00 00                          nlmsgSeq    0
    12  00 00 00 00                          nlmsgPid    0
    16  00·00                                ifiFamily   AF_UNSPEC (0)
    18  00 00                                ifiType     ARPHRD_NETROM (0)
    20  00 00 00 00                          ifiIndex    0
    24  00 00 00 00                          ifiFlags    0
    28  00 00 00 00                          ifiChange   0
    32  07 00 03 00|6c 6f 00·00              ifname      "lo"                            IFLA_IFNAME (3)
    40  0a 00 01 00|01 02 03 04 05 06·00 00  address     01:02:03:04:05:06               IFLA_ADDRESS (1)
    52  0c 00 12 00                          linkinfo                                    IFLA_LINKINFO (18)
    56  08 00 01 00|76 6c 61 6e                kind      "vlan"                          IFLA_INFO_KIND (1)`.trimStart(),
  );
});

test("bytes of a long field take several rows, and every byte is there once", () => {
  const data = bytes(
    loAddress,
    dumpEnd,
    message({ type: 16 }, zeros(16), attr(77, zeros(50)), attr(52, u64(5))),
  );
  const shown = tree(tell(data), { bytes: true });
  const found = [...shown.matchAll(/^ *\d+ ((?:[ |·][0-9a-f]{2})+)/gm)]
    .map(([, hex]) => hex!.replace(/[^0-9a-f]/g, ""))
    .join("");
  expect(found).toBe(Buffer.from(data).toString("hex"));
  expect(shown).toContain("\n   140  00 00 00 00 00 00 00 00 00 00 00 00\n");
});

test("elements of an array, many in a row", () => {
  const values = Array.from({ length: 40 }, (_, index) => u32(index));
  const can = attr(18, attr(1, text("can")), attr(2, attr(13, values)));
  const shown = tree(tell(message({ type: 16 }, zeros(16), can)));
  expect(shown).toContain(
    "    52        [0–18]      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18\n",
  );
  expect(shown.split("\n").filter((line) => line.includes(" [")).length).toBe(3);
});

test("elements of an array that have names, and those of a newer kernel", () => {
  const values = Array.from({ length: 34 }, (_, index) => u32(index));
  const inet = tree(tell(message({ type: 16 }, zeros(16), attr(26, attr(2, attr(1, values))))));
  expect(inet).toContain("[0–3]    FORWARDING 0, MC_FORWARDING 1, PROXY_ARP 2, ACCEPT_REDIRECTS 3\n");
  expect(inet).toMatch(/ARP_EVICT_NOCARRIER 32\n.* \[33\] +33$/);
  const inet6 = tree(tell(message({ type: 16 }, zeros(16), attr(26, attr(10, attr(2, values))))));
  expect(inet6).toContain("FORWARDING 0, HOPLIMIT 1, MTU6 2");
});

test("problems stand at their field, the others and notes at the end", () => {
  const link = message({ type: 16, length: 100 }, zeros(16), attr(4, zeros(2)), bare(0x4000 | 77, zeros(40)));
  const lines = tree(tell(bytes(link))).split("\n");
  expect(lines.filter((line) => line.includes("!"))).toEqual([
    "    32  mtu         0x0000                          IFLA_MTU (4)  ! 2 bytes are no u32",
    `    40  unknown.77  0x${"00".repeat(32)}… (40 bytes)  type 77 NLA_F_NET_BYTEORDER  ! unknown attribute 77 of link-attrs, 40 bytes`,
    "        ! 100 bytes long, but the datagram ends after 84 (byte 0)",
  ]);
  const note = tree(tell(bytes(addressDump, zeros(4)))).split("\n");
  expect(note.at(-1)).toBe("4 zero bytes behind the last message (byte 24)");
});

test("style sees every piece", () => {
  for (const options of [{}, { bytes: true }]) {
    const told = tell(vxlanRequest, vxlanError);
    const styled = tree(told, { ...options, style: (role, text) => `<${role}>${text}</>` });
    expect(styled).toContain("<name>nlmsgType</>");
    expect(styled).toContain("<constant>NLMSGERR_ATTR_MSG (1)</>");
    expect(styled.replace(/<\/?\w*>/g, "")).toBe(tree(told, options));
  }
});

test("a system call that failed", () => {
  const failed = tree(tell(captured(zeros(0), { failed: "ENOBUFS", direction: "received", pid: 7 })));
  expect(failed).toBe(
    "datagram 0, NETLINK_ROUTE, pid 7\n! receiving failed with ENOBUFS: the socket's buffer was full and messages were lost (byte 0)",
  );
});

test("attributes of a family without a schema: what they look like", () => {
  const request = message(
    { type: 31, flags: 0x301 },
    Uint8Array.of(4, 1, 0, 0),
    attr(0x8001, attr(2, text("lo\0"))),
  );
  expect(tree(tell(captured(request, { protocol: 16 })))).toContain(
    `
     6  nlmsgFlags   NLM_F_REQUEST|NLM_F_DUMP (0x301)`,
  );
  expect(tree(tell(captured(request, { protocol: 16 })))).toContain(
    '#2         0x6c6f00, perhaps string "lo"',
  );
});
