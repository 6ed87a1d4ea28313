import type { Words } from "../words.ts";

/** `ip -j -d link` beside `link-attrs`. What is not printed under `linkinfo` there is not nested here either. */
export const linkWords = {
  permaddr: "permAddress",
  parentdev: "parentDevName",
  parentbus: "parentDevBusName",
} as const satisfies Words;

/** `bridge -j -d link`, and `info_slave_data` of a bridge's port, beside `linkinfo-brport-attrs`. */
export const bridgePortWords = {
  hairpin: "mode",
  rootBlock: "protect",
  fastleave: "fastLeave",
  flood: "unicastFlood",
  proxyArp: "proxyarp",
  proxyArpWifi: "proxyarpWifi",
  mcastToUnicast: "mcastToUcast",
} as const satisfies Words;

/** Paths in a request beside what the caller gave. */
export const linkPaths = {
  "peer.ifname": "linkinfo.data.peer.ifname",
  peer: "linkinfo.data.peer",
  data: "linkinfo.data",
  kind: "linkinfo.kind",
  slaveData: "linkinfo.slaveData",
  slaveKind: "linkinfo.slaveKind",
  netns: "netNsFd",
  inet6AddrGenMode: "afSpec.inet6.addrGenMode",
  ...linkWords,
} as const satisfies Words;
