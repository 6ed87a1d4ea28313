import { ipv4, ipv6 } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u8, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

const set = attributes("linkinfo-gtp-attrs", () => ({
  /** Descriptor of a UDP socket for GTP version 0. Only sent. */
  fd0: attr("IFLA_GTP_FD0", 1, u32),
  /** Descriptor of a UDP socket for GTP version 1. Only sent. */
  fd1: attr("IFLA_GTP_FD1", 2, u32),
  pdpHashsize: attr("IFLA_GTP_PDP_HASHSIZE", 3, u32),
  role: attr("IFLA_GTP_ROLE", 4, enumeration(u32, "GTP_ROLE_", { ggsn: 0, sgsn: 1 })),
  /** Lets the kernel make the sockets. Only sent. */
  createSockets: attr("IFLA_GTP_CREATE_SOCKETS", 5, bool8),
  restartCount: attr("IFLA_GTP_RESTART_COUNT", 6, u8),
  /** Address of the sockets that the kernel makes. */
  local: attr("IFLA_GTP_LOCAL", 7, ipv4),
  /** Address of the sockets that the kernel makes. */
  local6: attr("IFLA_GTP_LOCAL6", 8, ipv6),
}));

/** Options of a GTP tunnel (linux/if_link.h IFLA_GTP_*, 3GPP TS 29.281). */
export interface GtpAttrs extends Infer<typeof set> {}
export const gtp: AttributeSet<GtpAttrs> = set;
