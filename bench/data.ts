/** The objects that the benchmark works on; peers and the floor build the same. */
import type { Container, Route } from "./nlkit.ts";

/** Indexes of the links that routes go out by. */
export const LINKS: readonly number[] = [10, 11, 12, 13, 14, 15, 16, 17];

export const linkIndex = (i: number): number => LINKS[i & 7]!;

/** 10.0.0.0 + i */
export const address4 = (i: number): string =>
  `${10 + (i >>> 24)}.${(i >>> 16) & 255}.${(i >>> 8) & 255}.${i & 255}`;

/** The route to one address. */
export const route4 = (i: number): Partial<Route> => ({
  rtmFamily: "inet",
  rtmDstLen: 32,
  rtmTable: 254,
  rtmProtocol: "boot",
  rtmScope: "link",
  rtmType: "unicast",
  dst: address4(i),
  oif: linkIndex(i),
});

/** To fd00:: + i. */
export const route6 = (i: number): Partial<Route> => ({
  rtmFamily: "inet6",
  rtmDstLen: 128,
  rtmTable: 254,
  rtmProtocol: "boot",
  rtmScope: "universe",
  rtmType: "unicast",
  dst: `fd00::${(i >>> 16).toString(16)}:${(i & 65535).toString(16)}`,
  oif: linkIndex(i),
});

export const container = (i: number): Container => ({
  name: `h3-c${i}`,
  a: `a${i}`,
  b: `b${i}`,
  local: `10.88.${1 + Math.floor(i / 200)}.${2 + (i % 200)}/16`,
  gateway: "10.88.0.1",
});
