import { expect, test } from "vitest";
import { tree } from "../../../src/decode/output/tree.ts";
import { bytes, text, zeros } from "../../support/wire.ts";
import { little, tell } from "./datagrams.ts";

const { message, attr, u16, u32 } = little;

const NEWQDISC = 36;
const NEWTCLASS = 40;
const NEWTFILTER = 44;
const tc = (type: number, handle: number, parent: number, info: number, ...rest: Uint8Array[]) =>
  message({ type }, zeros(4), u32(3), u32(handle), u32(parent), u32(info), ...rest);

/** The value of a field in the tree. */
function shown(datagram: Uint8Array, field: string): string | undefined {
  const line = tree(tell(datagram), { names: (index) => `eth${index}` })
    .split("\n")
    .find((entry) => new RegExp(`^ *\\d+ +${field} `).test(entry));
  return line?.trim().split(/ {2,}/)[2];
}

test.each<[Uint8Array, string, string]>([
  [tc(NEWQDISC, 0x80010000, 0xffffffff, 2), "tcmHandle", "2147549184 (8001:)"],
  [tc(NEWQDISC, 0x80010000, 0xffffffff, 2), "tcmParent", "4294967295 (TC_H_ROOT)"],
  [tc(NEWQDISC, 0x80010000, 0xffffffff, 2), "tcmInfo", "2"],
  [tc(NEWQDISC, 0xffff0000, 0xfffffff1, 1), "tcmParent", "4294967281 (TC_H_INGRESS)"],
  [tc(NEWQDISC, 0, 0, 0), "tcmParent", "0"],
  [tc(NEWTCLASS, 0x10010, 0x10000, 0x200000), "tcmHandle", "65552 (1:10)"],
  [tc(NEWTCLASS, 0x10010, 0x10000, 0x200000), "tcmInfo", "2097152 (20:)"],
  [tc(NEWTFILTER, 0x80000800, 0xfffffff2, 0xc0000008), "tcmHandle", "2147485696 (0x80000800)"],
  [tc(NEWTFILTER, 0x80000800, 0xfffffff2, 0xc0000008), "tcmParent", "4294967282 (ingress of clsact)"],
  [tc(NEWTFILTER, 1, 0xfffffff3, 0xc0000008), "tcmParent", "4294967283 (egress of clsact)"],
  [tc(NEWTFILTER, 1, 1, 0xc0000008), "tcmInfo", "3221225480 (priority 49152, protocol 0x0800)"],
  [
    tc(NEWTFILTER, 1, 1, 1, attr(1, text("u32\0")), attr(2, attr(1, u32(0x10010)))),
    "classid",
    "65552 (1:10)",
  ],
  [tc(NEWQDISC, 1, 1, 1), "tcmIfindex", "3 (eth3)"],
  [
    message({ type: 24 }, Uint8Array.of(2, 0, 0, 0, 254, 3, 0, 1), u32(0), attr(15, u32(255))),
    "rtmTable",
    "254 (RT_TABLE_MAIN)",
  ],
  [
    message({ type: 24 }, Uint8Array.of(2, 0, 0, 0, 254, 3, 0, 1), u32(0), attr(15, u32(255))),
    "table",
    "255 (RT_TABLE_LOCAL)",
  ],
  [message({ type: 24 }, zeros(12), attr(15, u32(1000))), "table", "1000"],
  [message({ type: 24 }, zeros(12), attr(4, u32(7))), "oif", "7 (eth7)"],
  [message({ type: 24 }, zeros(12), attr(9, bytes(u16(8), 0, 0, u32(6)))), "rtnhIfindex", "6 (eth6)"],
  [message({ type: 16 }, zeros(16), attr(5, u32(7))), "link", "7 (eth7)"],
  [message({ type: 16 }, zeros(16), attr(5, u32(7)), attr(37, u32(0))), "link", "7"],
  [message({ type: 16 }, zeros(16), attr(10, u32(0))), "master", "0"],
  [message({ type: 24 }, zeros(12), attr(16, u32(0x1f))), "mark", "31 (0x1f)"],
  [message({ type: 24 }, zeros(12), attr(16, u32(9))), "mark", "9"],
])("%#", (datagram, field, expected) => expect(shown(datagram, field)).toBe(expected));
