/** Filters and actions between tc's words and the kernel's, without a kernel. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { actionTable, type TcAction } from "../../../src/api/action/options.ts";
import { verdictOf, verdictValue } from "../../../src/api/action/verdict.ts";
import { u32Handle, u32Text } from "../../../src/api/filter/kinds/u32.ts";
import { filterTable, readFilterOptions, writeFilterOptions } from "../../../src/api/filter/options.ts";
import { bytecodeBytes, bytecodeFrom } from "../../../src/api/tc/bytecode.ts";
import { hexBytes, hexText } from "../../../src/api/tc/bytes.ts";
import { writeEstimator } from "../../../src/api/tc/estimator.ts";
import { noLinks } from "../../../src/api/tc/links.ts";
import { addressAndMask, macAndMask, macPrefixOf, prefixOf } from "../../../src/api/tc/masks.ts";
import { readStab, writeStab } from "../../../src/api/tc/stab.ts";
import { InputError } from "../../../src/netlink/errors.ts";
import { actionKinds } from "../../../src/rtnl/tc/actions/index.ts";
import { flower } from "../../../src/rtnl/tc/filters/flower.ts";
import { filterKinds } from "../../../src/rtnl/tc/filters/index.ts";

/** The error of something that throws. */
function thrownBy(attempt: () => unknown): unknown {
  try {
    return attempt();
  } catch (error) {
    return error;
  }
}

type Options = Parameters<typeof writeFilterOptions>[1];

const written = (kind: string, options: object, protocol?: number) =>
  writeFilterOptions(kind, options as Options, { ...noLinks, protocol }).options as Record<string, unknown>;
const back = (kind: string, options: object, protocol?: number) =>
  readFilterOptions(kind, written(kind, options, protocol), noLinks, false);

describe("the flower filter", () => {
  /** Every key with a value of its own. */
  const tcp = {
    dstMac: "02:00:00:00:00:01",
    srcMac: "02:00:00:00:00:02/ff:00:ff:00:00:00",
    ipProto: "tcp",
    tcpFlags: 2,
    tcpFlagsMask: 18,
    srcPort: 80,
    srcPortMask: 0xff,
    dstPort: { start: 5, end: 9 },
    vlanId: 5,
    vlanPrio: 1,
    vlanEthtype: "802.1Q",
    cvlanId: 6,
    cvlanPrio: 2,
    cvlanEthtype: 0x1234,
    numOfVlans: 2,
    ipTos: 4,
    ipTosMask: 6,
    ipTtl: 64,
    ipTtlMask: 0xf0,
    ipFlags: { frag: true, firstfrag: false },
    srcIp: "10.0.0.0/8",
    dstIp: "10.0.0.1/255.0.0.255",
    mplsLabel: 1,
    mplsTc: 2,
    mplsBos: 1,
    mplsTtl: 3,
    mpls: [{ depth: 1, label: 5, tc: 1, bos: 0, ttl: 9 }],
    ctState: "+new-est+trk",
    ctZone: 3,
    ctZoneMask: 3,
    ctMark: 5,
    ctMarkMask: 0xf,
    ctLabel: "01".repeat(16),
    ctLabelMask: "0f".repeat(16),
    encKeyId: 7,
    encSrcIp: "fd00::/64",
    encDstIp: "fd00::1",
    encSrcPort: 1,
    encSrcPortMask: 1,
    encDstPort: 4789,
    encDstPortMask: 0xff00,
    encTos: 1,
    encTosMask: 3,
    encTtl: 2,
    encTtlMask: 3,
    encFlags: { tundf: true, tuncsum: false },
    pppoeSid: 1,
    pppProto: 0x21,
    l2tpv3Sid: 3,
    l2Miss: true,
    cfm: { mdLevel: 1, opcode: 2 },
    hash: 5,
    hashMask: 7,
    spi: 6,
    spiMask: 7,
  };
  const arp = {
    ethType: "arp",
    arpOp: 1,
    arpOpMask: 3,
    arpSip: "10.0.0.0/8",
    arpTip: "10.0.0.7",
    arpSha: "02:00:00:00:00:01/24",
    arpTha: "02:00:00:00:00:03",
  };
  const others = [
    { keys: arp },
    {
      keys: {
        ethType: "ip",
        ipProto: "icmp",
        icmpType: 8,
        icmpTypeMask: 9,
        icmpCode: 1,
        icmpCodeMask: 3,
        srcIp: "10.0.0.1",
      },
    },
    {
      keys: {
        ethType: "ipv6",
        ipProto: "icmpv6",
        icmpType: 135,
        icmpTypeMask: 1,
        icmpCode: 2,
        icmpCodeMask: 2,
      },
    },
    { keys: { srcIp: "fd00::/8", dstIp: "fd00::1" } },
    { keys: { ipProto: "udp", srcPort: 53, srcPortMask: 2, dstPort: 54, dstPortMask: 1 } },
    { keys: { ipProto: "sctp", srcPort: 6, srcPortMask: 7, dstPort: 7, dstPortMask: 8 } },
    { keys: { ipProto: "tcp", srcPort: { start: 1, end: 2 }, dstPort: 7, dstPortMask: 9 } },
    { keys: { ipProto: 99, encSrcIp: "10.0.0.0/8", encDstIp: "10.0.0.9" } },
    { keys: { geneveOpts: [{ class: 1, type: 2, data: Uint8Array.of(1, 2, 3, 4) }] } },
    { keys: { vxlanOpts: { gbp: 5 }, vxlanOptsMask: { gbp: 7 } } },
    { keys: { erspanOpts: { ver: 2, dir: 1, hwid: 3 } } },
    { keys: { erspanOpts: { ver: 1, index: 3 } } },
    { keys: { gtpOpts: { pduType: 1, qfi: 2 } } },
    { keys: { pfcpOpts: { type: 1, seid: 12 } } },
  ];

  test.each([{ keys: tcp, classid: "1:10", skipHw: true, indev: "eth0" }, ...others])(
    "%j is read as it was written",
    (options) => {
      expect(back("flower", options)).toEqual(options);
    },
  );

  test("has every key of the kernel's", () => {
    const options = [{ keys: tcp }, ...others].map((one) => written("flower", one));
    const reached = new Set(options.flatMap((one) => Object.keys(one)));
    const missing = Object.keys(flower.attributes).filter((name) => !reached.has(name));
    expect(missing).toEqual(["classid", "indev", "flags", "inHwCount"]);
  });

  test("EtherType and masks come by themselves", () => {
    expect(written("flower", { keys: { srcIp: "10.0.0.0/8" } }, 0x800)).toMatchObject({
      keyEthType: 0x800,
      keyIpv4Src: "10.0.0.0",
      keyIpv4SrcMask: "255.0.0.0",
    });
    const geneveOpts = [{ class: 1, type: 2, data: new Uint8Array(4) }];
    expect(written("flower", { keys: { geneveOpts } }).keyEncOptsMask).toEqual({
      geneve: [{ class: [0xffff], type: [0xff], data: [new Uint8Array(4).fill(0xff)] }],
    });
  });

  test.each([
    [{ srcIp: "10.0.0.0/fd00::" }, "srcIp"],
    [{ dstMac: "02:00" }, "dstMac"],
    [{ dstMac: "02:00:00:00:00:01/49" }, "dstMac"],
    [{ ctState: "new" }, "ctState"],
    [{ ctState: "+old" }, "ctState"],
    [{ ctLabel: "00" }, "ctLabel"],
    [{ ipProto: "nope" }, "ipProto"],
    [{ ethType: "nope" }, "ethType"],
    [{ ipFlags: { frag: 1 } }, "ipFlags.frag"],
    [{ dstPort: 80 }, "ipProto"],
    [{ sourceIp: "10.0.0.1" }, "sourceIp"],
  ])("refuses %j at %s", (keys, path) => {
    const error = thrownBy(() => written("flower", { keys }));
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ path: `options.keys.${path}` });
  });
});

test("handles of u32 are written and read as tc does", () => {
  for (const [text, number] of [
    ["800::800", 0x80000800],
    ["1:", 0x00100000],
    ["1:7:800", 0x00107800],
    ["fff:ff:fff", 0xffffffff],
  ] as const) {
    expect(u32Handle(text, "handle")).toBe(number);
    expect(u32Text(number)).toBe(text);
  }
  for (const text of ["", "1", "1000:", ":5", "1:100:1"])
    expect(() => u32Handle(text, "handle")).toThrow(InputError);
});

test("verdicts, with jumps and chains", () => {
  expect(verdictValue({ type: "drop" }, "")).toBe("shot");
  expect(verdictValue({ type: "goto", chain: 5 }, "")).toBe(0x20000005);
  expect(verdictValue({ type: "jump", jump: 2 }, "")).toBe(0x10000002);
  expect(verdictOf(0x20000005)).toEqual({ type: "goto", chain: 5 });
  expect(verdictOf(0x10000002)).toEqual({ type: "jump", jump: 2 });
  expect(verdictOf("unspec")).toEqual({ type: "continue" });
  expect(thrownBy(() => verdictValue({ type: "jump", jump: -1 }, "controlAction"))).toMatchObject({
    path: "controlAction.jump",
  });
  expect(thrownBy(() => verdictValue({ type: "nope" as "drop" }, "controlAction"))).toMatchObject({
    path: "controlAction.type",
  });
});

test("addresses with masks are one text", () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.integer({ min: 0, max: 31 }), (address, length) => {
      const { mask } = addressAndMask(`${address}/${length}`, "");
      expect(prefixOf(address, mask)).toBe(`${address}/${length}`);
    }),
  );
  expect(prefixOf("fd00::", addressAndMask("fd00::/13", "").mask)).toBe("fd00::/13");
  expect(addressAndMask("10.0.0.1/255.0.0.255", "")).toEqual({ address: "10.0.0.1", mask: "255.0.0.255" });
  expect(prefixOf("10.0.0.1", "255.0.0.255")).toBe("10.0.0.1/255.0.0.255");
  expect(macAndMask("02:00:00:00:00:01/20", "")).toEqual({
    address: "02:00:00:00:00:01",
    mask: "ff:ff:f0:00:00:00",
  });
  expect(macPrefixOf("02:00:00:00:00:01", "ff:ff:f0:00:00:00")).toBe("02:00:00:00:00:01/20");
  expect(macPrefixOf("02:00:00:00:00:01", "ff:00:f0:00:00:00")).toBe("02:00:00:00:00:01/ff:00:f0:00:00:00");
});

test("bytes and instructions go there and back", () => {
  expect(hexText(hexBytes("00C0ff", ""))).toBe("00c0ff");
  for (const text of ["", "0", "xy", 7]) expect(() => hexBytes(text, "cookie")).toThrow(InputError);
  const program = [
    { code: 0x28, jt: 0, jf: 0, k: 12 },
    { code: 0x15, jt: 0, jf: 1, k: 0x800 },
    { code: 6, jt: 0, jf: 0, k: 0xffffffff },
  ];
  expect(bytecodeFrom(bytecodeBytes(program))).toEqual(program);
});

test("tables of sizes", () => {
  const atm = writeStab({ linklayer: "atm", overhead: 10, tsize: 256, mtu: 1500 }, "stab.");
  expect(atm.base).toMatchObject({ linklayer: 2, overhead: 10, cellLog: 3, cellAlign: -1, sizeLog: 0 });
  // 8 bytes fill one cell of 48, 56 bytes two.
  expect([atm.data![0], atm.data![5], atm.data![6]]).toEqual([53, 53, 106]);
  expect(readStab(atm)).toMatchObject({ linklayer: "atm", overhead: 10, tsize: 256, mtu: 1500 });
  expect(writeStab({ overhead: 4 }, "stab.").data).toBeUndefined();
});

test("estimators", () => {
  expect(writeEstimator({ interval: 250_000, timeConst: 1_000_000 }, "")).toEqual({
    interval: -2,
    ewmaLog: 2,
  });
  expect(writeEstimator({ interval: 1_000_000, timeConst: 8_000_000 }, "")).toEqual({
    interval: 0,
    ewmaLog: 3,
  });
  expect(thrownBy(() => writeEstimator({ interval: 3, timeConst: 8 }, "estimator."))).toMatchObject({
    path: "estimator.interval",
  });
});

test("every filter and action has a translation", () => {
  expect(Object.keys(filterTable.translations).toSorted()).toEqual(Object.keys(filterKinds).toSorted());
  expect(Object.keys(actionTable.translations).toSorted()).toEqual(Object.keys(actionKinds).toSorted());
});

test("actions of a filter are written in their order, with the defaults of their kind", () => {
  const actions: TcAction[] = [
    { kind: "vlan", vlanAction: "pop" },
    { kind: "csum", csum: ["iph", "udp"] },
    { kind: "gact", controlAction: { type: "goto", chain: 5 }, cookie: "0102" },
  ];
  expect(written("matchall", { actions })).toEqual({
    act: [
      { kind: "vlan", options: { parms: { vAction: "pop", action: "pipe" } } },
      { kind: "csum", options: { parms: { updateFlags: ["ipv4hdr", "udp"], action: "ok" } } },
      { kind: "gact", options: { parms: { action: 0x20000005 } }, cookie: Uint8Array.of(1, 2) },
    ],
  });
  expect(back("matchall", { actions })).toMatchObject({ actions });
  expect(thrownBy(() => written("matchall", { actions: [{ kind: "nope" }] }))).toMatchObject({
    path: "options.actions[0].kind",
  });
});

test("fields of headers are edited four bytes at a time", () => {
  const read = (...given: object[]) =>
    (back("matchall", { actions: [{ kind: "pedit", keys: given }] }) as { actions: { keys: object[] }[] })
      .actions[0]!.keys;
  expect(read({ htype: "ipv4", field: "ttl", val: 5 })).toEqual([
    { htype: "ipv4", offset: 8, cmd: "set", val: 0x05000000, mask: 0x00ffffff },
  ]);
  expect(read({ htype: "ipv4", field: "dsfield", val: 0xff, retain: 0x0f })).toEqual([
    { htype: "ipv4", offset: 0, cmd: "set", val: 0x000f0000, mask: 0xfff0ffff },
  ]);
  expect(read({ htype: "eth", field: "src", val: "02:00:00:00:00:01" })).toEqual([
    { htype: "eth", offset: 4, cmd: "set", val: 0x0200, mask: 0xffff0000 },
    { htype: "eth", offset: 8, cmd: "set", val: 1, mask: 0 },
  ]);
  expect(read({ htype: "ipv6", field: "dst", val: "fd00::1" })).toHaveLength(4);
  const path = (key: object) =>
    (thrownBy(() => read(key)) as { path: string }).path.replace(/.*keys\[0\]\./, "");
  expect(path({ htype: "ipv4", field: "hoplimit", val: 5 })).toBe("field");
  expect(path({ htype: "icmp", field: "type", val: 5 })).toBe("htype");
  expect(path({ htype: "ipv4", field: "ttl", val: 256 })).toBe("val");
  expect(path({ htype: "eth", field: "dst", val: "02:00" })).toBe("val");
  expect(path({ htype: "ipv4", field: "src", val: "10.0.0.1", retain: 1 })).toBe("retain");
});
