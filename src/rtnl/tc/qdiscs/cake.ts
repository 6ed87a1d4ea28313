import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bytes } from "../../../netlink/codec/bytes.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { s32, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";
import { byteCount, bytesPerSecond64, microseconds } from "../units.ts";

const diffserv = enumeration(u32, "CAKE_DIFFSERV_", {
  diffserv3: 0,
  diffserv4: 1,
  diffserv8: 2,
  besteffort: 3,
  precedence: 4,
});
const flowMode = enumeration(u32, "CAKE_FLOW_", {
  none: 0,
  "src-ip": 1,
  "dst-ip": 2,
  hosts: 3,
  flows: 4,
  "dual-src": 5,
  "dual-dst": 6,
  triple: 7,
});
const atm = enumeration(u32, "CAKE_ATM_", { none: 0, atm: 1, ptm: 2 });
const ackFilter = enumeration(u32, "CAKE_ACK_", { none: 0, filter: 1, aggressive: 2 });

const set = attributes("cake-attrs", () => ({
  pad: attr("TCA_CAKE_PAD", 1, bytes),
  /** 0 does not shape. */
  baseRate64: attr("TCA_CAKE_BASE_RATE64", 2, bytesPerSecond64),
  diffservMode: attr("TCA_CAKE_DIFFSERV_MODE", 3, diffserv),
  /** Framing that is compensated for. */
  atm: attr("TCA_CAKE_ATM", 4, atm),
  flowMode: attr("TCA_CAKE_FLOW_MODE", 5, flowMode),
  /** Bytes added to each packet. */
  overhead: attr("TCA_CAKE_OVERHEAD", 6, s32),
  rtt: attr("TCA_CAKE_RTT", 7, microseconds),
  target: attr("TCA_CAKE_TARGET", 8, microseconds),
  /** 1 follows the capacity of ingress traffic. */
  autorate: attr("TCA_CAKE_AUTORATE", 9, u32),
  memory: attr("TCA_CAKE_MEMORY", 10, byteCount),
  /** 1 looks behind network address translation. */
  nat: attr("TCA_CAKE_NAT", 11, u32),
  /** Sent alone: no compensation of overhead. */
  raw: attr("TCA_CAKE_RAW", 12, u32),
  /** 1 clears the DSCP field. */
  wash: attr("TCA_CAKE_WASH", 13, u32),
  mpu: attr("TCA_CAKE_MPU", 14, byteCount),
  /** 1: drops count as having used the link. */
  ingress: attr("TCA_CAKE_INGRESS", 15, u32),
  ackFilter: attr("TCA_CAKE_ACK_FILTER", 16, ackFilter),
  /** 1 segments large packets. */
  splitGso: attr("TCA_CAKE_SPLIT_GSO", 17, u32),
  /** Bits of the mark that choose the tin. */
  fwmark: attr("TCA_CAKE_FWMARK", 18, u32),
}));

/** Common applications kept enhanced (tc-cake(8)). */
export interface CakeAttrs extends Infer<typeof set> {}
export const cake: AttributeSet<CakeAttrs> = set;
