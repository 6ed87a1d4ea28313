import { lladdr } from "../../../netlink/codec/address.ts";
import { type AttributeSet, attr, attributes } from "../../../netlink/codec/attributes.ts";
import { enumeration, flags, type Names } from "../../../netlink/codec/enumeration.ts";
import { type IntegerShape, s32, u8, u16, u32 } from "../../../netlink/codec/integer.ts";
import type { Infer } from "../../../netlink/codec/shape.ts";

/** State of IEEE 802.1AX, as sent in LACP. */
const lacpStates = {
  "lacp-activity": 0x1,
  "lacp-timeout": 0x2,
  aggregation: 0x4,
  synchronization: 0x8,
  collecting: 0x10,
  distributing: 0x20,
  defaulted: 0x40,
  expired: 0x80,
} as const satisfies Names;
const lacpState = (of: IntegerShape<number>) => flags(of, "LACP_STATE_", lacpStates);

const set = attributes("bond-slave-attrs", () => ({
  state: attr("IFLA_BOND_SLAVE_STATE", 1, enumeration(u8, "BOND_STATE_", { active: 0, backup: 1 })),
  miiStatus: attr(
    "IFLA_BOND_SLAVE_MII_STATUS",
    2,
    enumeration(u8, "BOND_LINK_", { up: 0, fail: 1, down: 2, back: 3 }),
  ),
  linkFailureCount: attr("IFLA_BOND_SLAVE_LINK_FAILURE_COUNT", 3, u32),
  permHwaddr: attr("IFLA_BOND_SLAVE_PERM_HWADDR", 4, lladdr),
  queueId: attr("IFLA_BOND_SLAVE_QUEUE_ID", 5, u16),
  /** Where the mode is 802.3ad, as the following. */
  adAggregatorId: attr("IFLA_BOND_SLAVE_AD_AGGREGATOR_ID", 6, u16),
  adActorOperPortState: attr("IFLA_BOND_SLAVE_AD_ACTOR_OPER_PORT_STATE", 7, lacpState(u8)),
  adPartnerOperPortState: attr("IFLA_BOND_SLAVE_AD_PARTNER_OPER_PORT_STATE", 8, lacpState(u16)),
  /** The higher is preferred when another member is chosen; the kernel takes a signed number. */
  prio: attr("IFLA_BOND_SLAVE_PRIO", 9, s32),
}));

/** A link as a member of a bond (linux/if_link.h IFLA_BOND_SLAVE_*, ip-link(8)); `queueId` and `prio` can be set. */
export interface BondSlaveAttrs extends Infer<typeof set> {}
export const bondSlave: AttributeSet<BondSlaveAttrs> = set;
