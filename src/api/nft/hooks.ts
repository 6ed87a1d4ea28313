/** Hooks of netfilter by family, and priorities by name (nft(8)). */
import { InputError } from "../../netlink/errors.ts";
import type { Nfproto } from "../../nfnetlink/index.ts";
import type { NftFamily } from "./json.ts";

/** The kernel's name of each family. */
export const families = {
  ip: "ipv4",
  ip6: "ipv6",
  inet: "inet",
  arp: "arp",
  bridge: "bridge",
  netdev: "netdev",
} as const satisfies Record<NftFamily, Nfproto>;

export function familyOf(nfproto: Nfproto): NftFamily | undefined {
  return (Object.keys(families) as NftFamily[]).find((family) => families[family] === nfproto);
}

export function nfprotoOf(family: NftFamily, path: string): Nfproto {
  const nfproto = families[family];
  if (!nfproto) throw new InputError(path, `one of ${Object.keys(families).join(", ")}`, family);
  return nfproto;
}

/** NF_INET_* (linux/netfilter.h), which bridges number alike. */
const inet = ["prerouting", "input", "forward", "output", "postrouting", "ingress"];

const hooks: Readonly<Record<NftFamily, readonly string[]>> = {
  ip: inet.slice(0, 5),
  ip6: inet.slice(0, 5),
  inet,
  bridge: inet,
  // NF_ARP_* (linux/netfilter_arp.h)
  arp: ["input", "output"],
  netdev: ["ingress", "egress"],
};

export function hookNumber(family: NftFamily, hook: string, path: string): number {
  const number = hooks[family].indexOf(hook);
  if (number < 0) throw new InputError(path, `one of ${hooks[family].join(", ")}`, hook);
  return number;
}

export const hookName = (family: NftFamily, number: number): string =>
  hooks[family][number] ?? String(number);

/** What nft's words for priorities stand for: NF_IP_PRI_* (linux/netfilter_ipv4.h), which IPv6 shares. */
export const priorities = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
} as const;
