import { describe, expect, test } from "vitest";
import { type DiffOptions, diff } from "../../../src/decode/diff.ts";
import { formatDiff } from "../../../src/decode/output/diff.ts";
import { bytes, type Part, text, zeros } from "../../support/wire.ts";
import {
  addressDump,
  captured,
  dumpEnd,
  little,
  loAddress,
  talk,
  vxlanError,
  vxlanRequest,
} from "./datagrams.ts";

const { message, attr, u32 } = little;

const link = (...attributes: Part[]) =>
  message({ type: 16, flags: 5, sequence: 1 }, zeros(16), ...attributes);
const ifname = attr(3, text("a\0"));
const mtu = (value: number) => attr(4, u32(value));

const compare = (a: readonly Uint8Array[], b: readonly Uint8Array[], options?: DiffOptions) =>
  diff(talk(a).told, talk(b).told, options);
/** Kind, path, texts. */
const fields = (a: Uint8Array, b: Uint8Array, options?: DiffOptions) =>
  compare([a], [b], options).flatMap(({ fields }) =>
    fields.map(({ kind, path, a, b }) => [kind, path, a?.text, b?.text]),
  );

describe("fields", () => {
  test("equal messages, whatever their sequence number and port id", () => {
    const other = link(ifname, mtu(1));
    other.set([9, 9, 9, 9, 9, 9, 9, 9], 8);
    expect(compare([link(ifname, mtu(1))], [other])).toEqual([]);
  });

  test("added, removed, changed", () => {
    expect(fields(link(ifname), link(ifname, mtu(1)))).toEqual([["added", "mtu", undefined, "1 bytes"]]);
    expect(fields(link(ifname, mtu(1)), link(ifname))).toEqual([["removed", "mtu", "1 bytes", undefined]]);
    expect(fields(link(mtu(1)), link(mtu(2)))).toEqual([["changed", "mtu", "1 bytes", "2 bytes"]]);
    const flags = message({ type: 16, flags: 0x605 }, zeros(8), u32(1), zeros(4));
    expect(fields(link(), flags)).toEqual([
      [
        "changed",
        "nlmsgFlags",
        "NLM_F_REQUEST|NLM_F_ACK (0x5)",
        "NLM_F_REQUEST|NLM_F_ACK|NLM_F_EXCL|NLM_F_CREATE (0x605)",
      ],
      ["changed", "ifiFlags", "0", "IFF_UP (0x1)"],
    ]);
  });

  test("bytes of both sides", () => {
    const [difference] = compare([link(ifname, mtu(1))], [link(mtu(2))])[0]!.fields.filter(
      ({ path }) => path === "mtu",
    );
    expect(difference).toMatchObject({
      a: { start: 40, end: 48 },
      b: { start: 32, end: 40, constant: "IFLA_MTU" },
    });
  });

  test("another order, also inside", () => {
    expect(fields(link(ifname, mtu(1)), link(mtu(1), ifname))).toEqual([
      ["order", "", "ifname, mtu", "mtu, ifname"],
    ]);
    const kind = attr(1, text("vlan\0"));
    const data = attr(2, attr(1, [5, 0]));
    expect(fields(link(attr(18, kind, data)), link(attr(18, data, kind)))).toEqual([
      ["order", "linkinfo", "kind, data", "data, kind"],
    ]);
    // One more does not change the order of the others.
    expect(fields(link(mtu(1), ifname), link(mtu(1), attr(13, u32(7)), ifname))).toEqual([
      ["added", "txqlen", undefined, "7"],
    ]);
  });

  test("the same value written otherwise", () => {
    const nest = (type: number, name: string) => link(attr(type, attr(1, text(name))));
    expect(fields(nest(18, "vlan"), nest(0x8012, "vlan\0"))).toEqual([
      ["form", "linkinfo", "", ""],
      ["form", "linkinfo.kind", '"vlan"', '"vlan"'],
    ]);
  });

  test("unknown attributes, and attributes that are there twice", () => {
    expect(fields(link(attr(200, [1])), link(attr(200, [2]), attr(201, [])))).toEqual([
      ["changed", "unknown.200", "0x01", "0x02"],
      ["added", "unknown.201", undefined, "(no bytes)"],
    ]);
    expect(fields(link(attr(200, [1]), attr(201, [1])), link(attr(201, [1]), attr(200, [1])))).toEqual([
      ["order", "", "unknown.200, unknown.201", "unknown.201, unknown.200"],
    ]);
    expect(fields(link(mtu(1), mtu(2)), link(mtu(1), mtu(3)))).toEqual([
      ["changed", "mtu#2", "2 bytes", "3 bytes"],
    ]);
  });

  test("what is left out", () => {
    const [a, b] = [
      link(ifname, attr(18, attr(1, text("a\0")))),
      link(mtu(2), attr(18, attr(1, text("b\0")))),
    ];
    expect(fields(a, b, { ignore: ["ifname", "IFLA_MTU", "linkinfo"] })).toEqual([]);
    expect(fields(a, b, { ignore: ["*"] })).toEqual([]);
    expect(fields(a, b, { ignore: ["if*", "mtu"] }).map(([, path]) => path)).toEqual(["linkinfo.kind"]);
    expect(fields(a, b, { ignore: ["(", "if.*"] })).toHaveLength(3);
  });
});

describe("messages", () => {
  const places = (a: readonly Uint8Array[], b: readonly Uint8Array[]) =>
    compare(a, b).map(({ a, b }) => [a?.told.index, b?.told.index]);

  test("are paired by type and order", () => {
    expect(places([addressDump, link(mtu(1))], [link(mtu(2)), addressDump])).toEqual([[1, 0]]);
    expect(places([link(mtu(1)), link(mtu(2))], [link(mtu(3)), link(mtu(4))])).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  test("one more in the middle", () => {
    const [a, b, c, d] = [1, 2, 3, 4].map((value) => link(mtu(value)));
    expect(places([a!, b!, c!], [a!, d!, b!, c!])).toEqual([[undefined, 1]]);
    expect(places([a!, b!, c!], [b!, c!])).toEqual([[0, undefined]]);
    expect(places([a!, b!, c!], [a!, d!, c!])).toEqual([[1, 1]]);
    expect(places([addressDump], [vxlanError])).toEqual([
      [undefined, 0],
      [0, undefined],
    ]);
  });

  test("many", () => {
    const many = Array.from({ length: 2100 }, (_, index) => link(mtu(index)));
    expect(places(many, many.slice(0, 1000))).toHaveLength(1100);
    expect(places(many, many)).toEqual([]);
  });
});

describe("as text", () => {
  const shown = (a: readonly Uint8Array[], b: readonly Uint8Array[]) => formatDiff(compare(a, b));

  test("every kind", () => {
    const a = link(ifname, mtu(1), attr(18, attr(1, text("vlan"))), attr(13, u32(7)));
    const b = link(mtu(2), ifname, attr(0x8012, attr(1, text("vlan\0"))), attr(200, []));
    expect(shown([a], [b])).toBe(
      `
→ RTM_NEWLINK  datagram 0, and datagram 0
− mtu: 1 bytes  IFLA_MTU, bytes 40 to 47
+ mtu: 2 bytes  IFLA_MTU, bytes 32 to 39
~ linkinfo: NLA_F_NESTED only in the second  IFLA_LINKINFO, bytes 48 to 59
~ linkinfo.kind: "vlan", written 766c616e and 766c616e00  IFLA_INFO_KIND, bytes 52 to 59
− txqlen: 7  IFLA_TXQLEN, bytes 60 to 67
+ unknown.200: (no bytes)  bytes 64 to 67
− order: ifname, mtu, linkinfo
+ order: mtu, ifname, linkinfo`.trimStart(),
    );
  });

  test("messages that only one has", () => {
    expect(shown([addressDump, dumpEnd], [addressDump, loAddress, dumpEnd])).toMatch(
      /^\+ ← RTM_NEWADDR MULTI .* {2}datagram 1$/,
    );
    expect(shown([bytes(addressDump, vxlanRequest)], [addressDump])).toMatch(
      /^− → RTM_NEWLINK .* {2}datagram 0, message 1$/,
    );
    expect(shown([addressDump], [addressDump])).toBe("");
    const [a, b] = [
      [addressDump, link(mtu(1)), dumpEnd],
      [link(mtu(2)), loAddress],
    ];
    expect(
      shown(a, b)
        .split("\n")
        .map((line) => line.slice(0, 9)),
    ).toEqual(["− → RTM_G", "", "→ RTM_NEW", "− mtu: 1 ", "+ mtu: 2 ", "", "+ ← RTM_N", "− ← done "]);
  });

  test("style sees every piece", () => {
    const differences = compare([link(mtu(1)), loAddress], [link(mtu(2), ifname)]);
    const styled = formatDiff(differences, { style: (role, piece) => `<${role}>${piece}</>` });
    expect(styled).toContain("<removed>− mtu: 1 bytes</>");
    expect(styled.replace(/<\/?\w*>/g, "")).toBe(formatDiff(differences));
  });
});

test("nothing to compare", () => {
  expect(diff([], [])).toEqual([]);
  const { told } = talk([captured(zeros(0), { failed: "EPERM" })]);
  expect(diff(told, [])).toEqual([]);
});
