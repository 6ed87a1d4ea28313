import { flags, type NamedShape, type NameOf } from "../../../netlink/codec/enumeration.ts";
import { be16 } from "../../../netlink/codec/integer.ts";

const names = {
  csum: 0x0001,
  routing: 0x0002,
  key: 0x0004,
  seq: 0x0008,
  strict: 0x0010,
  rec: 0x0020,
  version: 0x0040,
  "no-key": 0x0080,
  "dont-fragment": 0x0100,
  oam: 0x0200,
  "crit-opt": 0x0400,
  "geneve-opt": 0x0800,
  "vxlan-opt": 0x1000,
  nocache: [0x2000, "TUNNEL_NOCACHE"],
  "erspan-opt": 0x4000,
  "gtp-opt": 0x8000,
} as const;

/** TUNNEL_* (linux/if_tunnel.h): what the tunnel's header is to have. */
export type TunnelFlag = NameOf<typeof names>;
export const tunnelFlags: NamedShape<readonly TunnelFlag[]> = flags(be16, "TUNNEL_", names);
