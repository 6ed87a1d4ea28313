/** What nft takes the bytes of a register for: their order, and how they are printed. */

import {
  formatIpv4,
  formatIpv6,
  formatMac,
  parseIpv4,
  parseIpv6,
  parseMac,
} from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import { ipProtocols } from "../ip-protocols.ts";

/** A single value as `nft -j` prints one. */
export type Scalar = string | number | boolean;

export interface Datatype {
  readonly name: string;
  /** nft's own number of the type, which it leaves in NFTA_SET_KEY_TYPE. */
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  /** Whether numbers are in the order of the host, not of the network. */
  readonly host?: boolean;
  /** Values are bits: several may be set. */
  readonly bits?: boolean;
  /** Symbols and their numbers. */
  readonly words?: Readonly<Record<string, number>>;
  format(bytes: Uint8Array): Scalar;
  parse(value: Scalar, path: string): Uint8Array;
}

const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** A number from bytes of one order; more than 6 bytes are not exact. */
export function numberOf(bytes: Uint8Array, host = false): number {
  const ordered = host && isLittle ? [...bytes].reverse() : [...bytes];
  return ordered.reduce((sum, byte) => sum * 256 + byte, 0);
}

export function bytesOf(value: number, size: number, host = false): Uint8Array {
  const bytes = new Uint8Array(size);
  let rest = value;
  for (let at = size - 1; at >= 0; at--) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return host && isLittle ? bytes.reverse() : bytes;
}

type Words = Readonly<Record<string, number>>;

function numeric(
  name: string,
  number: number,
  size: number,
  more: { host?: boolean; bits?: boolean; words?: Words } = {},
): Datatype {
  const { host = false, words = {} } = more;
  const byNumber = new Map(Object.entries(words).map(([word, value]) => [value, word]));
  const expected = `a number up to ${256 ** size - 1}${Object.keys(words).length > 0 ? `, or one of ${Object.keys(words).join(", ")}` : ""}`;
  return {
    name,
    number,
    size,
    ...more,
    format: (bytes) => {
      const value = numberOf(bytes, host);
      return byNumber.get(value) ?? value;
    },
    parse: (value, path) => {
      const found =
        typeof value === "string"
          ? (words[value] ?? Number(value === "" ? Number.NaN : value))
          : Number(value);
      if (!Number.isInteger(found) || found < 0 || found >= 256 ** size)
        throw new InputError(path, expected, value);
      return bytesOf(found, size, host);
    },
  };
}

function address(
  name: string,
  number: number,
  size: number,
  format: (bytes: Uint8Array) => string,
  parse: (text: string) => Uint8Array | undefined,
  expected: string,
): Datatype {
  return {
    name,
    number,
    size,
    format,
    parse: (value, path) => {
      const bytes = typeof value === "string" ? parse(value) : undefined;
      if (bytes?.length !== size) throw new InputError(path, expected, value);
      return bytes;
    },
  };
}

/** Names of links take 16 bytes; `eth*` is what begins so, without the NUL that ends a whole name. */
const ifname: Datatype = {
  name: "ifname",
  number: 41,
  size: 16,
  host: true,
  format: (bytes) => {
    const end = bytes.indexOf(0);
    const text = new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
    return end < 0 && bytes.length < 16 ? `${text}*` : text;
  },
  parse: (value, path) => {
    const isPrefix = typeof value === "string" && value.endsWith("*");
    const text = new TextEncoder().encode(isPrefix ? value.slice(0, -1) : String(value));
    if (typeof value !== "string" || text.length === 0 || text.length > 15)
      throw new InputError(path, "a link's name of up to 15 bytes, or its beginning and *", value);
    if (isPrefix) return text;
    const bytes = new Uint8Array(16);
    bytes.set(text);
    return bytes;
  },
};

const boolean: Datatype = {
  name: "boolean",
  number: 39,
  size: 1,
  format: ([byte]) => byte === 1,
  parse: (value, path) => {
    if (typeof value !== "boolean") throw new InputError(path, "true or false", value);
    return Uint8Array.of(Number(value));
  },
};

const protocols = { ...ipProtocols, comp: 108 } as const;

const icmpTypes = {
  "echo-reply": 0,
  "destination-unreachable": 3,
  "source-quench": 4,
  redirect: 5,
  "echo-request": 8,
  "router-advertisement": 9,
  "router-solicitation": 10,
  "time-exceeded": 11,
  "parameter-problem": 12,
  "timestamp-request": 13,
  "timestamp-reply": 14,
  "info-request": 15,
  "info-reply": 16,
  "address-mask-request": 17,
  "address-mask-reply": 18,
} as const;

const icmpv6Types = {
  "destination-unreachable": 1,
  "packet-too-big": 2,
  "time-exceeded": 3,
  "parameter-problem": 4,
  "echo-request": 128,
  "echo-reply": 129,
  "mld-listener-query": 130,
  "mld-listener-report": 131,
  "mld-listener-done": 132,
  "nd-router-solicit": 133,
  "nd-router-advert": 134,
  "nd-neighbor-solicit": 135,
  "nd-neighbor-advert": 136,
  "nd-redirect": 137,
  "router-renumbering": 138,
  "ind-neighbor-solicit": 141,
  "ind-neighbor-advert": 142,
  "mld2-listener-report": 143,
} as const;

const hostNumber = (name: string, number: number, size: number, words?: Words): Datatype =>
  numeric(name, number, size, { host: true, ...(words && { words }) });

/** The types by name, as `type` of a set has them. */
export const datatypes = {
  nf_proto: numeric("nf_proto", 2, 1, { words: { ipv4: 2, ipv6: 10 } }),
  integer: numeric("integer", 4, 4),
  ipv4_addr: address("ipv4_addr", 7, 4, (bytes) => formatIpv4(bytes, 0), parseIpv4, "an IPv4 address"),
  ipv6_addr: address("ipv6_addr", 8, 16, (bytes) => formatIpv6(bytes, 0), parseIpv6, "an IPv6 address"),
  ether_addr: address(
    "ether_addr",
    9,
    6,
    (bytes) => formatMac(bytes, 0, 6),
    parseMac,
    "a hardware address of 6 bytes",
  ),
  ether_type: numeric("ether_type", 10, 2, {
    words: { ip: 0x0800, arp: 0x0806, ip6: 0x86dd, "8021q": 0x8100, "8021ad": 0x88a8, vlan: 0x8100 },
  }),
  inet_proto: numeric("inet_proto", 12, 1, { words: protocols }),
  inet_service: numeric("inet_service", 13, 2),
  icmp_type: numeric("icmp_type", 14, 1, { words: icmpTypes }),
  tcp_flag: numeric("tcp_flag", 15, 1, {
    bits: true,
    words: { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ecn: 64, cwr: 128 },
  }),
  mark: hostNumber("mark", 19, 4),
  iface_index: hostNumber("iface_index", 20, 4),
  iface_type: hostNumber("iface_type", 21, 2, {
    ether: 1,
    ppp: 512,
    ipip: 768,
    ipip6: 769,
    loopback: 772,
    sit: 776,
    ipgre: 778,
  }),
  realm: hostNumber("realm", 22, 4),
  uid: hostNumber("uid", 24, 4),
  gid: hostNumber("gid", 25, 4),
  ct_state: numeric("ct_state", 26, 4, {
    host: true,
    bits: true,
    words: { invalid: 1, established: 2, related: 4, new: 8, untracked: 64 },
  }),
  ct_dir: numeric("ct_dir", 27, 1, { words: { original: 0, reply: 1 } }),
  ct_status: numeric("ct_status", 28, 4, {
    host: true,
    bits: true,
    words: { expected: 1, "seen-reply": 2, assured: 4, confirmed: 8, snat: 16, dnat: 32, dying: 512 },
  }),
  icmpv6_type: numeric("icmpv6_type", 29, 1, { words: icmpv6Types }),
  pkt_type: numeric("pkt_type", 31, 1, { words: { host: 0, broadcast: 1, multicast: 2, other: 3 } }),
  icmp_code: numeric("icmp_code", 32, 1, {
    words: {
      "net-unreachable": 0,
      "host-unreachable": 1,
      "prot-unreachable": 2,
      "port-unreachable": 3,
      "net-prohibited": 9,
      "host-prohibited": 10,
      "admin-prohibited": 13,
      "frag-needed": 4,
    },
  }),
  icmpv6_code: numeric("icmpv6_code", 33, 1, {
    words: {
      "no-route": 0,
      "admin-prohibited": 1,
      "addr-unreachable": 3,
      "port-unreachable": 4,
      "policy-fail": 5,
      "reject-route": 6,
    },
  }),
  icmpx_code: numeric("icmpx_code", 34, 1, {
    words: { "no-route": 0, "port-unreachable": 1, "host-unreachable": 2, "admin-prohibited": 3 },
  }),
  devgroup: hostNumber("devgroup", 35, 4, { default: 0 }),
  boolean,
  ifname,
} as const satisfies Record<string, Datatype>;
export type DatatypeName = keyof typeof datatypes;

/** A number of its own size and order: what has no type of its own. */
export const integerOf = (size: number, host = false): Datatype => numeric("integer", 4, size, { host });

const byNumber = new Map<number, Datatype>(Object.values(datatypes).map((type) => [type.number, type]));

/** The types of a key that is made of several, from nft's number: six bits each. */
export function typesOfNumber(number: number): Datatype[] | undefined {
  const types: Datatype[] = [];
  for (let rest = number; rest > 0; rest = Math.floor(rest / 64)) {
    const type = byNumber.get(rest % 64);
    if (!type) return undefined;
    types.unshift(type);
  }
  return types;
}

export const numberOfTypes = (types: readonly Datatype[]): number =>
  types.reduce((sum, { number }) => sum * 64 + number, 0);
