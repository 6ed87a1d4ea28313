/** The flower filter (tc-flower(8)): what it looks at are its `keys`. */
import { InputError } from "../../../netlink/errors.ts";
import type { FlowerAttrs } from "../../../rtnl/tc/filters/flower.ts";
import { hexBytes, hexText } from "../../tc/bytes.ts";
import { protocolName, protocolNumber } from "../../tc/protocol.ts";
import { type Context, onlyWords, type Translation } from "../../tc/rules.ts";
import { type Plain, withoutUndefined } from "../../words.ts";
import { type FilterFields, filterRules } from "../common.ts";
import { readFlags, readState, writeFlags, writeState } from "./flower-flags.ts";
import type { FlowerOptions } from "./flower-keys.ts";
import { readTunnel, writeTunnel } from "./flower-tunnel.ts";
import { addresses, masked, numbers } from "./flower-words.ts";

type Keys = NonNullable<FlowerOptions["keys"]>;

const PROTOCOLS: Readonly<Record<string, number>> = {
  icmp: 1,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmpv6: 58,
  l2tp: 115,
  sctp: 132,
};
const protocolNames = new Map(Object.entries(PROTOCOLS).map(([name, number]) => [number, name]));
const IPV6 = 0x86dd;

const carriers = ["tcp", "udp", "sctp"] as const;
const sides = ["src", "dst"] as const;

const known = [
  ...Object.keys(numbers),
  ...Object.keys(addresses),
  ...Object.keys(masked).flatMap((word) => [word, `${word}Mask`]),
  ...[
    "ethType",
    "ipProto",
    "srcPort",
    "dstPort",
    "srcPortMask",
    "dstPortMask",
    "vlanEthtype",
    "cvlanEthtype",
  ],
  ...["icmpType", "icmpTypeMask", "icmpCode", "icmpCodeMask", "ipFlags", "encFlags", "mpls", "ctState"],
  ...[
    "ctLabel",
    "ctLabelMask",
    "l2Miss",
    "cfm",
    "geneveOpts",
    "vxlanOpts",
    "erspanOpts",
    "gtpOpts",
    "pfcpOpts",
  ],
  ...["geneveOptsMask", "vxlanOptsMask", "erspanOptsMask", "gtpOptsMask", "pfcpOptsMask"],
];

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

function ipProtocol(given: string | number | undefined, path: string): number | undefined {
  if (given === undefined || typeof given === "number") return given;
  if (Object.hasOwn(PROTOCOLS, given)) return PROTOCOLS[given];
  throw new InputError(path, `one of ${Object.keys(PROTOCOLS).join(", ")}, or a number`, given);
}

function writePorts(keys: Keys, protocol: number | undefined, path: string): object {
  const name = carriers.find((one) => PROTOCOLS[one] === protocol);
  const options: Record<string, unknown> = {};
  for (const side of sides) {
    const [ports, mask] = [keys[`${side}Port`], keys[`${side}PortMask`]];
    if (ports === undefined) continue;
    if (name === undefined)
      throw new InputError(`${path}ipProto`, "tcp, udp or sctp with ports", keys.ipProto);
    if (typeof ports === "object") {
      options[`keyPort${capital(side)}Min`] = ports.start;
      options[`keyPort${capital(side)}Max`] = ports.end;
    } else {
      options[`key${capital(name)}${capital(side)}`] = ports;
      options[`key${capital(name)}${capital(side)}Mask`] = mask;
    }
  }
  return options;
}

function writeKeys(keys: Keys, path: string, { protocol }: Context): object {
  onlyWords(keys, path, known);
  const given = keys as Readonly<Record<string, unknown>>;
  const options: Record<string, unknown> = {};
  for (const [word, name] of Object.entries(numbers)) options[name] = given[word];
  for (const [word, { at }] of Object.entries(masked)) {
    options[at] = given[word];
    options[`${at}Mask`] = given[`${word}Mask`];
  }
  for (const [word, write] of Object.entries(addresses)) {
    if (given[word] !== undefined) Object.assign(options, write.write(given[word], `${path}${word}`));
  }
  const proto = ipProtocol(keys.ipProto, `${path}ipProto`);
  const ethType = keys.ethType === undefined ? protocol : protocolNumber(keys.ethType, `${path}ethType`);
  const icmp = proto === PROTOCOLS.icmpv6 || ethType === IPV6 ? "keyIcmpv6" : "keyIcmpv4";
  for (const part of ["Type", "Code"] as const) {
    options[`${icmp}${part}`] = keys[`icmp${part}`];
    options[`${icmp}${part}Mask`] = keys[`icmp${part}Mask`];
  }
  const optional = <T>(value: T | undefined, name: string, write: (value: T) => unknown) => {
    if (value !== undefined) options[name] = write(value);
  };
  optional(keys.vlanEthtype, "keyVlanEthType", (type) => protocolNumber(type, `${path}vlanEthtype`));
  optional(keys.cvlanEthtype, "keyCvlanEthType", (type) => protocolNumber(type, `${path}cvlanEthtype`));
  optional(keys.ctLabel, "keyCtLabels", (text) => hexBytes(text, `${path}ctLabel`, 16));
  optional(keys.ctLabelMask, "keyCtLabelsMask", (text) => hexBytes(text, `${path}ctLabelMask`, 16));
  optional(keys.l2Miss, "l2Miss", Number);
  optional(keys.cfm, "keyCfm", (cfm) => cfm);
  optional(keys.mpls, "keyMplsOpts", (headers) => ({
    lse: headers.map((header) =>
      Object.fromEntries(Object.entries(header).map(([field, value]) => [`lse${capital(field)}`, value])),
    ),
  }));
  return {
    ...options,
    keyEthType: ethType,
    keyIpProto: proto,
    ...writePorts(keys, proto, path),
    ...writeFlags("keyFlags", keys.ipFlags, `${path}ipFlags`),
    ...writeFlags("keyEncFlags", keys.encFlags, `${path}encFlags`),
    ...writeState(keys.ctState, `${path}ctState`),
    ...writeTunnel(keys),
  };
}

function readPorts(options: Readonly<Record<string, unknown>>, side: "src" | "dst"): object {
  const Side = capital(side);
  const [start, end] = [options[`keyPort${Side}Min`], options[`keyPort${Side}Max`]];
  if (start !== undefined) return { [`${side}Port`]: { start, end } };
  for (const name of carriers) {
    const at = `key${capital(name)}${Side}`;
    if (options[at] === undefined) continue;
    const mask = options[`${at}Mask`];
    return { [`${side}Port`]: options[at], ...(mask === 0xffff ? {} : { [`${side}PortMask`]: mask }) };
  }
  return {};
}

function readKeys(options: Plain<FlowerAttrs>): Keys {
  const reported = options as Readonly<Record<string, unknown>>;
  const keys: Record<string, unknown> = {};
  for (const [word, name] of Object.entries(numbers)) keys[word] = reported[name];
  const number = (word: string, at: string, ones: number) => {
    const mask = reported[`${at}Mask`];
    if (reported[at] === undefined || mask === 0) return;
    keys[word] = reported[at];
    if (mask !== ones) keys[`${word}Mask`] = mask;
  };
  for (const [word, { at, ones }] of Object.entries(masked)) number(word, at, ones);
  for (const version of ["4", "6"]) {
    number("icmpType", `keyIcmpv${version}Type`, 0xff);
    number("icmpCode", `keyIcmpv${version}Code`, 0xff);
  }
  for (const [word, address] of Object.entries(addresses)) keys[word] = address.read(reported);
  const { keyEthType, keyIpProto, keyVlanEthType, keyCvlanEthType, keyCtLabels, keyCtLabelsMask } = options;
  const labels = keyCtLabelsMask?.every((byte) => byte === 0) ? undefined : keyCtLabels;
  return withoutUndefined({
    ...keys,
    ethType: keyEthType === undefined ? undefined : protocolName(keyEthType),
    ipProto: keyIpProto === undefined ? undefined : (protocolNames.get(keyIpProto) ?? keyIpProto),
    vlanEthtype: keyVlanEthType === undefined ? undefined : protocolName(keyVlanEthType),
    cvlanEthtype: keyCvlanEthType === undefined ? undefined : protocolName(keyCvlanEthType),
    ...readPorts(reported, "src"),
    ...readPorts(reported, "dst"),
    ipFlags: readFlags(options.keyFlags, options.keyFlagsMask),
    encFlags: readFlags(options.keyEncFlags, options.keyEncFlagsMask),
    ctState: readState(options.keyCtState, options.keyCtStateMask),
    ctLabel: labels && hexText(labels),
    ctLabelMask:
      labels && keyCtLabelsMask?.some((byte) => byte !== 0xff) ? hexText(keyCtLabelsMask) : undefined,
    l2Miss: options.l2Miss === undefined ? undefined : options.l2Miss !== 0,
    cfm: options.keyCfm,
    mpls: options.keyMplsOpts?.lse?.map(
      ({ lseDepth, lseLabel, lseTc, lseBos, lseTtl }) =>
        withoutUndefined({
          depth: lseDepth,
          label: lseLabel,
          tc: lseTc,
          bos: lseBos,
          ttl: lseTtl,
        }) as NonNullable<Keys["mpls"]>[number],
    ),
    ...readTunnel(options),
  }) as Keys;
}

/** The keys' paths, for errors. */
const keyPaths = Object.fromEntries(
  [
    ...Object.entries(numbers),
    ...Object.entries(masked).flatMap(([word, { at }]) => [
      [word, at],
      [`${word}Mask`, `${at}Mask`],
    ]),
    ...[...carriers, "port"].flatMap((name) =>
      sides.map((side) => [`${side}Port`, `key${capital(name)}${capital(side)}`]),
    ),
  ].map(([word, name]) => [`keys.${word}`, name!]),
);

export const flower: Translation<FlowerOptions> = {
  paths: { ...filterRules.paths, ...keyPaths },
  write(words, path, context) {
    const { keys, ...rest } = words;
    onlyWords(rest, path, [...Object.keys(filterRules.paths), "indev", "inHwCount"]);
    const { inHwCount: _read, ...fields } = rest as typeof rest & { inHwCount?: number };
    return { ...filterRules.write(fields, path, context), ...writeKeys(keys ?? {}, `${path}keys.`, context) };
  },
  read(options: Plain<FlowerAttrs>, context) {
    const { classid, flags, indev, inHwCount } = options;
    return withoutUndefined({
      ...(filterRules.read({ classid, flags }, context) as FilterFields),
      indev,
      inHwCount,
      keys: readKeys(options),
    });
  },
};
