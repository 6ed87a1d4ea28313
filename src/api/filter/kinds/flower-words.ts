/** tc's words for the kernel's keys of the flower filter. */
import { familyOf } from "../../prefix.ts";
import { addressAndMask, macAndMask, macPrefixOf, prefixOf } from "../../tc/masks.ts";

/** Numbers without a mask. */
export const numbers = {
  vlanId: "keyVlanId",
  vlanPrio: "keyVlanPrio",
  cvlanId: "keyCvlanId",
  cvlanPrio: "keyCvlanPrio",
  numOfVlans: "keyNumOfVlans",
  mplsLabel: "keyMplsLabel",
  mplsTc: "keyMplsTc",
  mplsBos: "keyMplsBos",
  mplsTtl: "keyMplsTtl",
  encKeyId: "keyEncKeyId",
  pppoeSid: "keyPppoeSid",
  pppProto: "keyPppProto",
  l2tpv3Sid: "keyL2tpv3Sid",
} as const;

/** Numbers with a mask at the name with `Mask` behind it, and the mask that all bits have. */
export const masked = {
  tcpFlags: { at: "keyTcpFlags", ones: 0xffff },
  ipTos: { at: "keyIpTos", ones: 0xff },
  ipTtl: { at: "keyIpTtl", ones: 0xff },
  arpOp: { at: "keyArpOp", ones: 0xff },
  ctZone: { at: "keyCtZone", ones: 0xffff },
  ctMark: { at: "keyCtMark", ones: 0xffffffff },
  encTos: { at: "keyEncIpTos", ones: 0xff },
  encTtl: { at: "keyEncIpTtl", ones: 0xff },
  encSrcPort: { at: "keyEncUdpSrcPort", ones: 0xffff },
  encDstPort: { at: "keyEncUdpDstPort", ones: 0xffff },
  hash: { at: "keyHash", ones: 0xffffffff },
  spi: { at: "keySpi", ones: 0xffffffff },
} as const;

interface Address {
  read(options: Readonly<Record<string, unknown>>): string | undefined;
  write(text: unknown, path: string): object;
}

function mac(at: string): Address {
  return {
    read(options) {
      const [address, mask] = [options[at], options[`${at}Mask`]] as (string | undefined)[];
      return address === undefined ? undefined : macPrefixOf(address, mask);
    },
    write(text, path) {
      const { address, mask } = macAndMask(text, path);
      return { [at]: address, [`${at}Mask`]: mask };
    },
  };
}

/** @param at - the kernel's name for either family. */
function ip(at: (version: 4 | 6) => string): Address {
  return {
    read(options) {
      const name = [at(4), at(6)].find((one) => options[one] !== undefined);
      return name && prefixOf(options[name] as string, options[`${name}Mask`] as string | undefined);
    },
    write(text, path) {
      const { address, mask } = addressAndMask(text, path);
      const name = at(familyOf(address) === "inet6" ? 6 : 4);
      return { [name]: address, [`${name}Mask`]: mask };
    },
  };
}

/** Addresses with their masks. */
export const addresses: Readonly<Record<string, Address>> = {
  dstMac: mac("keyEthDst"),
  srcMac: mac("keyEthSrc"),
  srcIp: ip((version) => `keyIpv${version}Src`),
  dstIp: ip((version) => `keyIpv${version}Dst`),
  encSrcIp: ip((version) => `keyEncIpv${version}Src`),
  encDstIp: ip((version) => `keyEncIpv${version}Dst`),
  arpSip: ip(() => "keyArpSip"),
  arpTip: ip(() => "keyArpTip"),
  arpSha: mac("keyArpSha"),
  arpTha: mac("keyArpTha"),
};
