import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { bool8 } from "../../../netlink/codec/boolean.ts";
import { enumeration } from "../../../netlink/codec/enumeration.ts";
import { u16, u32 } from "../../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../../netlink/codec/shape.ts";
import type { Link } from "../message.ts";
import { peerLink } from "./peer-link.ts";

const policy = enumeration(u32, "NETKIT_", {
  forward: [0, "NETKIT_PASS"],
  blackhole: [2, "NETKIT_DROP"],
});
const scrub = enumeration(u32, "NETKIT_SCRUB_", { none: 0, default: 1 });

const set = attributes("linkinfo-netkit-attrs", () => ({
  /** The other end, a link of its own. Only sent, never reported. */
  peerInfo: attr("IFLA_NETKIT_PEER_INFO", 1, peerLink),
  /** Whether this is the end that BPF programs are attached to; only reported. */
  primary: attr("IFLA_NETKIT_PRIMARY", 2, bool8),
  /** What happens to packets where no BPF program is attached. */
  policy: attr("IFLA_NETKIT_POLICY", 3, policy),
  peerPolicy: attr("IFLA_NETKIT_PEER_POLICY", 4, policy),
  mode: attr("IFLA_NETKIT_MODE", 5, enumeration(u32, "NETKIT_", { l2: 0, l3: 1 })),
  /** Whether mark and priority are taken off packets on their way to the peer. */
  scrub: attr("IFLA_NETKIT_SCRUB", 6, scrub),
  peerScrub: attr("IFLA_NETKIT_PEER_SCRUB", 7, scrub),
  headroom: attr("IFLA_NETKIT_HEADROOM", 8, withUnit(u16, "bytes")),
  tailroom: attr("IFLA_NETKIT_TAILROOM", 9, withUnit(u16, "bytes")),
  pairing: attr("IFLA_NETKIT_PAIRING", 10, enumeration(u32, "NETKIT_DEVICE_", { pair: 0, single: 1 })),
}));

/** Options of a netkit pair (linux/if_link.h IFLA_NETKIT_*, ip-link(8)). */
export interface NetkitAttrs extends Infer<typeof set> {
  peerInfo?: Partial<Link>;
}
export const netkit: AttributeSet<NetkitAttrs> = set;
