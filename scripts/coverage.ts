/**
 * What of the kernel's specs and headers the schema has: `npm run coverage -- [FOLDER]`, or NLKIT_SPECS.
 *
 * Prints for each family how many of its attributes are known, and each one that is missing or of another type. The
 * specs' numbers give way to the headers'.
 */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { generic } from "../src/genl/protocol.ts";
import { netfilter } from "../src/nft/protocol.ts";
import { rtnetlink } from "../src/rtnl/protocol.ts";
import { sockDiag } from "../src/sockdiag/protocol.ts";
import { xfrm } from "../src/xfrm/protocol.ts";
import { constantsOf, headersIn, specs } from "../test/support/headers.ts";
import {
  type AnyShape,
  isLazy,
  isPayload,
  isSet,
  isStruct,
  isStructThen,
  isSubMessage,
  setsOf,
} from "../test/support/inspect.ts";

const PROTOCOLS = [rtnetlink, netfilter, generic, sockDiag, xfrm];

/** Families that have all there is, exceptions aside: a test holds them to it. */
export const COMPLETE = [
  "message types",
  "rt-link",
  "rt-addr",
  "rt-route",
  "rt-neigh",
  "rt-rule",
  "tc",
  "nexthop",
  "mdb",
  "bridge vlan",
  "bridge mrp, cfm, mst",
  "bridge statistics",
  "netconf",
  "nsid",
  "stats",
  "vxlan vnifilter",
  "addrlabel",
  "prefix",
  "nduseropt",
  "dcb",
] as const;

/** Families with a spec. */
const SPECS = ["rt-link", "rt-addr", "rt-route", "rt-neigh", "rt-rule", "tc", "nftables", "nlctrl"] as const;

/** Families that only headers describe: by the beginnings of their constants. */
const HEADERS: Readonly<Record<string, readonly [header: string, pattern: RegExp]>> = {
  "message types": ["linux/rtnetlink.h", /^RTM_(NEW|DEL|GET|SET)/],
  nexthop: ["linux/nexthop.h", /^NHA_/],
  mdb: ["linux/if_bridge.h", /^MDB(A|E)_/],
  "bridge vlan": ["linux/if_bridge.h", /^BRIDGE_VLANDB_/],
  "bridge mrp, cfm, mst": ["linux/if_bridge.h", /^IFLA_BRIDGE_(MRP|CFM|MST)_/],
  "bridge statistics": ["linux/if_bridge.h", /^BRIDGE_XSTATS_/],
  netconf: ["linux/netconf.h", /^NETCONFA_(?!ALL$|IFINDEX_)/],
  nsid: ["linux/net_namespace.h", /^NETNSA_(?!NONE$|NSID_NOT)/],
  stats: ["linux/if_link.h", /^(IFLA_STATS_|IFLA_OFFLOAD_XSTATS_|LINK_XSTATS_TYPE_)/],
  "vxlan vnifilter": ["linux/if_link.h", /^(VXLAN_VNIFILTER_|VNIFILTER_ENTRY_STATS_)/],
  addrlabel: ["linux/if_addrlabel.h", /^IFAL_/],
  prefix: ["linux/rtnetlink.h", /^PREFIX_/],
  nduseropt: ["linux/rtnetlink.h", /^NDUSEROPT_/],
  "nf_tables (header)": ["linux/netfilter/nf_tables.h", /^(NFTA_|NFT_MSG_)/],
  nfnetlink: ["linux/netfilter/nfnetlink.h", /^NFNL_(MSG|BATCH|SUBSYS)_(?!COUNT$)/],
  "inet sockets": ["linux/inet_diag.h", /^(INET_DIAG_(?!BC_|NOCOOKIE|(REQ_)?NONE)|INET_ULP_)/],
  "unix sockets": ["linux/unix_diag.h", /^U(NIX_DIAG|DIAG_SHOW)_/],
  "netlink sockets": ["linux/netlink_diag.h", /^(NETLINK_DIAG_|NDIAG_(SHOW|FLAG)_)/],
  "packet sockets": ["linux/packet_diag.h", /^(PACKET_(DIAG|SHOW)_|PDI_)/],
  xfrm: ["linux/xfrm.h", /^(XFRM_MSG_(?!BASE$)|XFRMA_(?!OUTPUT_MARK$))/],
  dcb: ["linux/dcbnl.h", /^DCB_ATTR_(?!(IEEE|CEE|DCB|VALUE)_)/],
};

/** No attribute: what counts them, and number 0. */
const COUNTS = /^__|_MAX$|_UNSPEC$|_UNDEFINED$|^IFLA_STATS_GETSET_/;

/** What is otherwise than the spec or the header says, and why: constant, or set and name. */
const NETWORK_ORDER =
  "network byte order in the kernel (nla_get_be16, be32, be64), which the spec leaves out";
const HOST_ORDER = "host byte order in the kernel (nla_get_u16, u32)";
const SIGNED = "signed in the kernel";
const NUMBER_0 = "number 0, which is never sent";
const LIST = "a list of these is an array here";
export const EXCEPTIONS: Readonly<Record<string, string>> = {
  "link-attrs IFLA_PROTO_DOWN_REASON": "a nest with a mask and a value in the kernel",
  "bond-slave-attrs IFLA_BOND_SLAVE_PRIO": SIGNED,
  "linkinfo-bridge-attrs IFLA_BR_VLAN_PROTOCOL": NETWORK_ORDER,
  "linkinfo-iptun-attrs IFLA_IPTUN_FLAGS": "host byte order in the kernel: SIT_ISATAP is compared as it is",
  "link-dpll-pin-attrs DPLL_A_ID":
    "DPLL_A_PIN_ID in the kernel (linux/dpll.h); c-names.json takes the device's",
  "route-attrs RTA_EXPIRES": "64 bits in multicast routes (mr_fill_mroute), the spec's 32 in all others",
  "route-attrs RTA_SPORT": NETWORK_ORDER,
  "route-attrs RTA_DPORT": NETWORK_ORDER,
  "metrics RTAX_UNSPEC": NUMBER_0,
  "neighbour-attrs NDA_UNSPEC": NUMBER_0,
  "neighbour-attrs NDA_PORT": NETWORK_ORDER,
  "fib-rule-attrs FRA_TUN_ID": NETWORK_ORDER,
  "act-tunnel-key-attrs TCA_TUNNEL_KEY_ENC_KEY_ID": "32 bits in the kernel (nla_get_be32)",
  "act-vlan-attrs TCA_VLAN_PUSH_VLAN_PROTOCOL": NETWORK_ORDER,
  "cake-attrs TCA_CAKE_OVERHEAD": SIGNED,
  "flower-attrs TCA_FLOWER_KEY_VLAN_ID": HOST_ORDER,
  "flower-attrs TCA_FLOWER_KEY_MPLS_LABEL": HOST_ORDER,
  "flower-attrs TCA_FLOWER_KEY_CVLAN_ID": HOST_ORDER,
  "flower-key-enc-opt-geneve-attrs TCA_FLOWER_KEY_ENC_OPT_GENEVE_CLASS": NETWORK_ORDER,
  "flower-key-enc-opt-erspan-attrs TCA_FLOWER_KEY_ENC_OPT_ERSPAN_INDEX": NETWORK_ORDER,
  "numgen-attrs NFTA_NG_DREG": NETWORK_ORDER,
  "nft-hook-attrs AF_NUM": "NFTA_HOOK_HOOKNUM, for which c-names.json has no constant",
  "rule-attrs NFTA_RULE_ID": NETWORK_ORDER,
  "rule-attrs NFTA_RULE_POSITION_ID": NETWORK_ORDER,
  "rule-attrs NFTA_RULE_CHAIN_ID": NETWORK_ORDER,
  "expr-list-attrs NFTA_LIST_ELEM": LIST,
  "set-attrs NFTA_SET_ID": NETWORK_ORDER,
  "set-attrs NFTA_SET_TIMEOUT": NETWORK_ORDER,
  "set-attrs NFTA_SET_GC_INTERVAL": NETWORK_ORDER,
  "set-attrs NFTA_SET_EXPR": "one in the kernel; several are NFTA_SET_EXPRESSIONS",
  "set-desc-attrs NFTA_SET_DESC_CONCAT": "one nest in the kernel, with a list of fields",
  "set-desc-concat-attrs NFTA_LIST_ELEM": LIST,
  "set-list-attrs NFTA_LIST_ELEM": LIST,
  "setelem-attrs NFTA_SET_ELEM_TIMEOUT": NETWORK_ORDER,
  "setelem-attrs NFTA_SET_ELEM_EXPIRATION": NETWORK_ORDER,
  "setelem-list-elem-attrs NFTA_LIST_ELEM": LIST,
  "setelem-list-attrs NFTA_SET_ELEM_LIST_SET_ID": NETWORK_ORDER,
  "flowtable-hook-attrs NFTA_FLOWTABLE_HOOK_PRIORITY": SIGNED,
  NFTA_LIST_ELEM: LIST,
  XFRM_MSG_MIGRATE_STATE: "later than 6.18; the headers at hand do not have its struct",
  "netem-attrs TCA_NETEM_PAD": "padding, whatever its size",
};

export interface Coverage {
  readonly family: string;
  readonly known: number;
  readonly all: number;
  /** `IFLA_X: missing`, without those that EXCEPTIONS names. */
  readonly problems: readonly string[];
  readonly exceptions: readonly string[];
}

interface SpecAttribute {
  name: string;
  type?: string;
  "byte-order"?: string;
  "display-hint"?: string;
  "multi-attr"?: boolean;
  struct?: string;
}
interface Spec {
  "attribute-sets": { name: string; "subset-of"?: string; attributes: SpecAttribute[] }[];
}
type NameRow = readonly [name: string, value: number, constant: string | null, inHeader: number | null];
interface Names {
  specs: Record<string, { sets: Record<string, NameRow[]> }>;
}

interface Known {
  readonly set: string;
  readonly field: string;
  readonly type: number;
  readonly shape: AnyShape;
}

function schemaByConstant(): Map<string, Known[]> {
  const found = new Map<string, Known[]>();
  for (const set of PROTOCOLS.flatMap(setsOf)) {
    for (const [field, { constant, type, shape }] of Object.entries(set.attributes)) {
      found.set(constant, [...(found.get(constant) ?? []), { set: set.name, field, type, shape }]);
    }
  }
  return found;
}

const camel = (name: string) => name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The number behind a shape, where it is one: its bits, sign and byte order. */
function integerOf(shape: AnyShape): { bits: number; signed: boolean; bigEndian: boolean } | undefined {
  const inner = "constants" in shape ? shape.of! : shape;
  return "bits" in inner ? (inner as unknown as ReturnType<typeof integerOf>) : undefined;
}

/** What is wrong with a shape for this attribute of the spec, if anything. */
function difference(shape: AnyShape, wanted: SpecAttribute): string | undefined {
  if (isLazy(shape)) return difference(shape.resolve(), wanted);
  const { type = "" } = wanted;
  if (wanted["multi-attr"] && !shape.multi) return `${shape.type} is not repeated`;
  if (shape.multi && shape.of) return difference(shape.of, { ...wanted, "multi-attr": false });
  const number = /^([us])(8|16|32|64)$/.exec(type);
  if (number) {
    const integer = integerOf(shape);
    const bits = Number(number[2]);
    // Addresses, booleans and structs of that size say more than a number.
    if (!integer) return shape.size === bits / 8 ? undefined : `${shape.type} for ${type}`;
    const sign = integer.signed === (number[1] === "s");
    const order = integer.bigEndian === (wanted["byte-order"] === "big-endian") || bits === 8;
    return integer.bits === bits && sign && order
      ? undefined
      : `${shape.type} for ${type}, ${wanted["byte-order"] ?? "host's order"}`;
  }
  const composite = isSet(shape) || isSubMessage(shape) || isPayload(shape) || isStructThen(shape);
  switch (type) {
    case "nest":
      return composite || shape.nested ? undefined : `${shape.type} for a nest`;
    case "sub-message":
      return isSubMessage(shape) || composite ? undefined : `${shape.type} for a sub-message`;
    case "indexed-array":
      return shape.type === "indexed-array" || shape.of || composite
        ? undefined
        : `${shape.type} for an array`;
    case "binary":
      if (wanted.struct !== undefined && !isStruct(shape) && shape.type === "binary")
        return "bytes for a struct";
      return wanted["display-hint"] !== undefined &&
        wanted["display-hint"] !== "hex" &&
        shape.type === "binary"
        ? `bytes for ${wanted["display-hint"]}`
        : undefined;
    case "string":
    case "flag":
    case "uint":
    case "sint":
    case "bitfield32":
      return shape.type.includes(type) || shape.type.startsWith("char[")
        ? undefined
        : `${shape.type} for ${type}`;
    default:
      return undefined;
  }
}

function judge(
  family: string,
  verdicts: readonly (readonly [key: string, problem: string | undefined])[],
): Coverage {
  const wrong = verdicts.filter(([, problem]) => problem !== undefined);
  const excused = ([key]: readonly [string, unknown]) => Object.hasOwn(EXCEPTIONS, key);
  const problems = wrong.filter((verdict) => !excused(verdict));
  return {
    family,
    known: verdicts.length - problems.length,
    all: verdicts.length,
    problems: problems.map(([key, problem]) => `${key}: ${problem}`),
    exceptions: wrong.filter(excused).map(([key, problem]) => `${key}: ${problem} (${EXCEPTIONS[key]})`),
  };
}

function coverageOfSpec(
  folder: string,
  family: string,
  names: Names,
  schema: Map<string, Known[]>,
): Coverage {
  const spec = JSON.parse(readFileSync(resolve(folder, "json", `${family}.json`), "utf8")) as Spec;
  const rows = names.specs[`${family}.yaml`]!.sets;
  const verdicts = spec["attribute-sets"]
    .filter((set) => set["subset-of"] === undefined)
    .flatMap((set) =>
      set.attributes.map((attribute) => {
        const row = rows[set.name]?.find(([name]) => name === attribute.name);
        const constant = row?.[2] ?? constantOfFamily(attribute.name);
        const number = row?.[3] ?? row?.[1];
        const found = schema.get(constant)?.filter(({ type }) => type === number) ?? [];
        const problems = found.map(
          ({ shape, field }) => difference(shape, attribute) ?? otherName(field, attribute.name),
        );
        const problem =
          found.length === 0 ? "missing" : problems.includes(undefined) ? undefined : problems[0];
        return [`${set.name} ${constant}`, problem] as const;
      }),
    );
  return judge(family, verdicts);
}

/** The attributes of af-spec-attrs are numbered by address families. */
function constantOfFamily(name: string): string {
  return `AF_${name.toUpperCase()}`;
}

function otherName(field: string, name: string): string | undefined {
  return field.toLowerCase() === camel(name).toLowerCase()
    ? undefined
    : `called ${field}, not ${camel(name)}`;
}

function coverageOfHeader(folder: string, family: string): Coverage {
  const [header, pattern] = HEADERS[family]!;
  const known = new Map(PROTOCOLS.flatMap(constantsOf).map(({ constant, value }) => [constant, value]));
  const constants = ["uapi-6.18.json", "newer-than-6.18.json"].flatMap((file) =>
    Object.entries(headersIn(file, folder)[header] ?? {}),
  );
  const verdicts = constants
    .filter(([name]) => pattern.test(name) && !COUNTS.test(name))
    .map(([name, value]) => {
      const number = known.get(name);
      const problem =
        number === undefined ? "missing" : number === value ? undefined : `${number} for ${value}`;
      return [name, problem] as const;
    });
  return judge(family, verdicts);
}

/** Whether the specs are there. */
export function hasSpecs(folder = specs): boolean {
  return existsSync(resolve(folder, "c-names.json"));
}

export function coverage(folder = specs): Coverage[] {
  const names = JSON.parse(readFileSync(resolve(folder, "c-names.json"), "utf8")) as Names;
  const schema = schemaByConstant();
  return [
    ...SPECS.map((family) => coverageOfSpec(folder, family, names, schema)),
    ...Object.keys(HEADERS).map((family) => coverageOfHeader(folder, family)),
  ];
}

function print(list: readonly Coverage[]): void {
  for (const { family, known, all, problems, exceptions } of list) {
    console.log(`${family.padEnd(24)} ${String(known).padStart(4)} of ${String(all).padStart(4)}`);
    for (const line of problems) console.log(`    ${line}`);
    for (const line of exceptions) console.log(`    as it should be: ${line}`);
  }
}

if (process.argv[1] === import.meta.filename) print(coverage(process.argv[2] ?? specs));
