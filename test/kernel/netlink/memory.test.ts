import { expect, test } from "vitest";
import * as libc from "../../../src/netlink/socket/libc.ts";
import { allocate } from "../../../src/netlink/socket/memory.ts";

const HUGE_PAGE = 2n ** 21n;

test("memory for large dumps begins with a large page, and is all there", () => {
  libc.close(libc.socket(libc.AF_NETLINK, libc.SOCK_RAW, 0));
  const size = 1 << 23;
  const bytes = allocate(size);
  expect(bytes.length).toBe(size);
  expect(libc.addressOf(bytes) % HUGE_PAGE).toBe(0n);
  expect(Buffer.compare(bytes, Buffer.alloc(size))).toBe(0);
  bytes.fill(0xff);
  expect(Buffer.compare(bytes, Buffer.alloc(size, 0xff))).toBe(0);
});

test("little memory is ordinary memory", () => {
  const bytes = allocate(4096);
  expect(bytes.length).toBe(4096);
  expect(bytes.byteOffset).toBe(0);
});
