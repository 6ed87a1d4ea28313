/** EtherTypes as tc writes them. */
import { InputError } from "../../netlink/errors.ts";

const protocols: Readonly<Record<string, number>> = {
  all: 0x0003,
  ip: 0x0800,
  arp: 0x0806,
  ipv6: 0x86dd,
  "802.1Q": 0x8100,
  "802.1ad": 0x88a8,
  mpls_uc: 0x8847,
  mpls_mc: 0x8848,
  ppp_ses: 0x8864,
};
const names = new Map(Object.entries(protocols).map(([name, number]) => [number, name]));

/** A name above, or the number. */
export type EtherType = string | number;

/** @throws InputError at `path` */
export function protocolNumber(protocol: EtherType, path: string): number {
  const number = typeof protocol === "number" ? protocol : protocols[protocol];
  if (number !== undefined && Number.isInteger(number) && number >= 0 && number <= 0xffff) return number;
  throw new InputError(path, `one of ${Object.keys(protocols).join(", ")}, or an EtherType`, protocol);
}

export function protocolName(number: number): EtherType {
  return names.get(number) ?? number;
}
