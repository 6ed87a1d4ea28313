import { parseMac } from "../../netlink/codec/address.ts";
import { InputError } from "../../netlink/errors.ts";
import type { VfinfoAttrs } from "../../rtnl/link/vf.ts";
import { withoutUndefined } from "../words.ts";

/** A virtual function of a device (SR-IOV), as it is set: what `ip link set vf` can say. */
export interface VfSettings {
  /** Its number. */
  vf: number;
  /** Hardware address. */
  address?: string;
  /** The VLAN that its packets are of; one, and `vlan: 0` for none. */
  vlanList?: [VfVlan];
  /** Mbit/s; 0 for no limit. What is not given stays. */
  rate?: { maxTx?: number; minTx?: number };
  /** Mbit/s, as older devices want it. */
  txRate?: number;
  /** Whether it may send from addresses of others only. */
  spoofchk?: boolean;
  /** `auto`: as the link itself. */
  linkState?: "auto" | "enable" | "disable";
  trust?: boolean;
  /** Whether it may ask for the receive side scaling's configuration. */
  queryRssEn?: boolean;
  /** InfiniBand: eight bytes such as `00:11:22:33:44:55:66:77`. */
  nodeGuid?: string;
  portGuid?: string;
}

export interface VfVlan {
  vlan?: number;
  /** Priority, 0 to 7. */
  qos?: number;
  protocol?: "802.1Q" | "802.1ad";
}

/** A virtual function as `ip -j -d link` prints it, in camelCase. */
export interface VfInfo extends Omit<VfSettings, "vlanList" | "rate"> {
  broadcast?: string;
  vlanList?: VfVlan[];
  rate?: { maxTx: number; minTx: number };
  /** With statistics. */
  stats?: {
    rx: { bytes: number; packets: number; multicast: number; broadcast: number; dropped: number };
    tx: { txBytes: number; txPackets: number; dropped: number };
  };
}

/** A setting that a device does not tell. */
const UNKNOWN = 0xffffffff;
const protocols = { "802.1Q": 0x8100, "802.1ad": 0x88a8 } as const;
const states = ["auto", "enable", "disable"];

/**
 * @param before - the functions as they are, for what stays; only with a `rate` that is not given whole.
 */
export function writeVf(given: VfSettings, at: string, before: readonly VfInfo[]): VfinfoAttrs {
  const { vf, address, vlanList, rate, txRate, spoofchk, linkState, ...more } = given;
  const { trust, queryRssEn, nodeGuid, portGuid, ...others } = more;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new InputError(`${at}.${other}`, "a setting of virtual functions", given);
  check(vf, `${at}.vf`, UNKNOWN - 1);
  if (address !== undefined && (typeof address !== "string" || parseMac(address)?.length !== 6))
    throw new InputError(`${at}.address`, "a hardware address such as 02:00:5e:10:00:01", address);
  if (linkState !== undefined && !states.includes(linkState))
    throw new InputError(`${at}.linkState`, states.join(", "), linkState);
  const setting = (on: boolean | undefined, field: string) => {
    if (on !== undefined && typeof on !== "boolean") throw new InputError(`${at}.${field}`, "a boolean", on);
    return on === undefined ? undefined : { vf, setting: Number(on) };
  };
  if (txRate !== undefined) check(txRate, `${at}.txRate`, UNKNOWN);
  return withoutUndefined<VfinfoAttrs>({
    mac: address === undefined ? undefined : { vf, mac: address },
    ...(vlanList && writeVlan(vf, vlanList, `${at}.vlanList`)),
    txRate: txRate === undefined ? undefined : { vf, rate: txRate },
    rate: rate && writeRate(vf, rate, `${at}.rate`, before),
    spoofchk: setting(spoofchk, "spoofchk"),
    rssQueryEn: setting(queryRssEn, "queryRssEn"),
    trust: setting(trust, "trust"),
    linkState: linkState === undefined ? undefined : { vf, linkState },
    ibNodeGuid: nodeGuid === undefined ? undefined : { vf, guid: guidOf(nodeGuid, `${at}.nodeGuid`) },
    ibPortGuid: portGuid === undefined ? undefined : { vf, guid: guidOf(portGuid, `${at}.portGuid`) },
  });
}

function check(value: unknown, field: string, max: number): void {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max) return;
  throw new InputError(field, `an integer up to ${max}`, value);
}

/** The older attribute for the usual protocol, as `ip` has it. */
function writeVlan(vf: number, list: readonly VfVlan[], at: string): Pick<VfinfoAttrs, "vlan" | "vlanList"> {
  const [first, ...more] = Array.isArray(list) ? (list as readonly VfVlan[]) : [];
  if (first === undefined || more.length > 0) throw new InputError(at, "an array with one VLAN", list);
  const { vlan = 0, qos = 0, protocol = "802.1Q" } = first;
  check(vlan, `${at}[0].vlan`, 4095);
  check(qos, `${at}[0].qos`, 7);
  const vlanProto = Object.hasOwn(protocols, protocol) ? protocols[protocol] : undefined;
  if (vlanProto === undefined) throw new InputError(`${at}[0].protocol`, "802.1Q or 802.1ad", protocol);
  if (protocol === "802.1Q") return { vlan: { vf, vlan, qos } };
  return { vlanList: { info: [{ vf, vlan, qos, vlanProto }] } };
}

/** Both rates go together: one alone would take the other away. */
function writeRate(
  vf: number,
  given: NonNullable<VfSettings["rate"]>,
  at: string,
  before: readonly VfInfo[],
): VfinfoAttrs["rate"] {
  const now = before.find((info) => info.vf === vf)?.rate;
  const { maxTx = now?.maxTx ?? 0, minTx = now?.minTx ?? 0 } = given;
  check(maxTx, `${at}.maxTx`, UNKNOWN);
  check(minTx, `${at}.minTx`, UNKNOWN);
  return { vf, maxTxRate: maxTx, minTxRate: minTx };
}

/** Whether what is given can be written only with what there is. */
export function needsBefore(given: readonly VfSettings[]): boolean {
  return given.some(({ rate }) => rate && (rate.maxTx === undefined || rate.minTx === undefined));
}

function guidOf(text: string, field: string): bigint {
  const bytes = typeof text === "string" ? parseMac(text) : undefined;
  if (bytes?.length !== 8) throw new InputError(field, "eight bytes such as 00:11:22:33:44:55:66:77", text);
  return bytes.reduce((guid, byte) => guid * 256n + BigInt(byte), 0n);
}

function guidText(guid: bigint): string {
  return guid
    .toString(16)
    .padStart(16, "0")
    .replace(/..(?!$)/g, "$&:");
}

export function readVf(info: VfinfoAttrs): VfInfo {
  const { mac, vlan, vlanList, txRate, rate, ibNodeGuid, ibPortGuid, stats } = info;
  const isOn = (value: { setting: number } | undefined) =>
    value === undefined || value.setting === UNKNOWN ? undefined : value.setting !== 0;
  const vlans = vlanList?.info ?? (vlan ? [{ ...vlan, vlanProto: protocols["802.1Q"] }] : undefined);
  return withoutUndefined<VfInfo>({
    vf: mac?.vf ?? vlan?.vf ?? 0,
    address: mac?.mac,
    broadcast: info.broadcast,
    vlanList: vlans?.map(readVlan),
    txRate: txRate?.rate || undefined,
    rate: rate && { maxTx: rate.maxTxRate, minTx: rate.minTxRate },
    spoofchk: isOn(info.spoofchk),
    linkState: info.linkState?.linkState as VfInfo["linkState"],
    trust: isOn(info.trust),
    queryRssEn: isOn(info.rssQueryEn),
    nodeGuid: ibNodeGuid && guidText(ibNodeGuid.guid),
    portGuid: ibPortGuid && guidText(ibPortGuid.guid),
    stats: stats && readStats(stats),
  });
}

function readVlan({ vlan, qos, vlanProto }: { vlan: number; qos: number; vlanProto: number }): VfVlan {
  const protocol = vlanProto === protocols["802.1ad"] ? "802.1ad" : undefined;
  return withoutUndefined({ vlan: vlan || undefined, qos: qos || undefined, protocol });
}

function readStats(stats: NonNullable<VfinfoAttrs["stats"]>): VfInfo["stats"] {
  const number = (value: bigint | undefined) => Number(value ?? 0n);
  return {
    rx: {
      bytes: number(stats.rxBytes),
      packets: number(stats.rxPackets),
      multicast: number(stats.multicast),
      broadcast: number(stats.broadcast),
      dropped: number(stats.rxDropped),
    },
    tx: {
      txBytes: number(stats.txBytes),
      txPackets: number(stats.txPackets),
      dropped: number(stats.txDropped),
    },
  };
}
