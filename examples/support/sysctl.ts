/** Settings of a namespace's own /proc/sys/net: /proc shows those of whoever opens the file. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Netns } from "nlkit";

const path = (name: string): string => `/proc/sys/${name.replaceAll(".", "/")}`;

/** `net.ipv4.ip_forward`: as sysctl(8) names it. */
export const readSysctl = (netns: Netns, name: string): string =>
  netns.run(() => readFileSync(path(name), "utf8").trim());

export const writeSysctl = (netns: Netns, name: string, value: string | number): void =>
  netns.run(() => writeFileSync(path(name), String(value)));

/** Whether IPv4 packets for others are passed on. */
export const forwarding = (netns: Netns, on: boolean): void =>
  writeSysctl(netns, "net.ipv4.ip_forward", on ? 1 : 0);
