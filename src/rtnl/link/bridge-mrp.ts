import { multi } from "../../netlink/codec/array.ts";
import { type AttributeSet, attr, attributes } from "../../netlink/codec/attributes.ts";
import { enumeration } from "../../netlink/codec/enumeration.ts";
import { u16, u32 } from "../../netlink/codec/integer.ts";
import { type Infer, withUnit } from "../../netlink/codec/shape.ts";

const ringState = enumeration(u32, "BR_MRP_RING_STATE_", { open: 0, closed: 1 });
const ringRole = enumeration(u32, "BR_MRP_RING_ROLE_", { disabled: 0, mrc: 1, mrm: 2, mra: 3 });
const inState = enumeration(u32, "BR_MRP_IN_STATE_", { open: 0, closed: 1 });
const inRole = enumeration(u32, "BR_MRP_IN_ROLE_", { disabled: 0, mic: 1, mim: 2 });
const portState = enumeration(u32, "BR_MRP_PORT_STATE_", {
  disabled: 0,
  blocked: 1,
  forwarding: 2,
  "not-connected": 3,
});
const portRole = enumeration(u32, "BR_MRP_PORT_ROLE_", { primary: 0, secondary: 1, inter: 2 });
const microseconds = withUnit(u32, "µs");

const instance = attributes("bridge-mrp-instance-attrs", () => ({
  ringId: attr("IFLA_BRIDGE_MRP_INSTANCE_RING_ID", 1, u32),
  /** Index of the primary port. */
  pIfindex: attr("IFLA_BRIDGE_MRP_INSTANCE_P_IFINDEX", 2, u32),
  /** Index of the secondary port. */
  sIfindex: attr("IFLA_BRIDGE_MRP_INSTANCE_S_IFINDEX", 3, u32),
  prio: attr("IFLA_BRIDGE_MRP_INSTANCE_PRIO", 4, u16),
}));

const startTest = attributes("bridge-mrp-start-test-attrs", () => ({
  ringId: attr("IFLA_BRIDGE_MRP_START_TEST_RING_ID", 1, u32),
  interval: attr("IFLA_BRIDGE_MRP_START_TEST_INTERVAL", 2, microseconds),
  maxMiss: attr("IFLA_BRIDGE_MRP_START_TEST_MAX_MISS", 3, u32),
  period: attr("IFLA_BRIDGE_MRP_START_TEST_PERIOD", 4, microseconds),
  monitor: attr("IFLA_BRIDGE_MRP_START_TEST_MONITOR", 5, u32),
}));

const info = attributes("bridge-mrp-info-attrs", () => ({
  ringId: attr("IFLA_BRIDGE_MRP_INFO_RING_ID", 1, u32),
  pIfindex: attr("IFLA_BRIDGE_MRP_INFO_P_IFINDEX", 2, u32),
  sIfindex: attr("IFLA_BRIDGE_MRP_INFO_S_IFINDEX", 3, u32),
  prio: attr("IFLA_BRIDGE_MRP_INFO_PRIO", 4, u16),
  ringState: attr("IFLA_BRIDGE_MRP_INFO_RING_STATE", 5, ringState),
  ringRole: attr("IFLA_BRIDGE_MRP_INFO_RING_ROLE", 6, ringRole),
  testInterval: attr("IFLA_BRIDGE_MRP_INFO_TEST_INTERVAL", 7, microseconds),
  testMaxMiss: attr("IFLA_BRIDGE_MRP_INFO_TEST_MAX_MISS", 8, u32),
  testMonitor: attr("IFLA_BRIDGE_MRP_INFO_TEST_MONITOR", 9, u32),
  /** Index of the interconnect port. */
  iIfindex: attr("IFLA_BRIDGE_MRP_INFO_I_IFINDEX", 10, u32),
  inState: attr("IFLA_BRIDGE_MRP_INFO_IN_STATE", 11, inState),
  inRole: attr("IFLA_BRIDGE_MRP_INFO_IN_ROLE", 12, inRole),
  inTestInterval: attr("IFLA_BRIDGE_MRP_INFO_IN_TEST_INTERVAL", 13, microseconds),
  inTestMaxMiss: attr("IFLA_BRIDGE_MRP_INFO_IN_TEST_MAX_MISS", 14, u32),
}));

const set = attributes("bridge-mrp-attrs", () => ({
  /** Makes an instance, or with RTM_DELLINK deletes it. */
  instance: attr("IFLA_BRIDGE_MRP_INSTANCE", 1, instance),
  /** Of a port. */
  portState: attr(
    "IFLA_BRIDGE_MRP_PORT_STATE",
    2,
    attributes("bridge-mrp-port-state-attrs", () => ({
      state: attr("IFLA_BRIDGE_MRP_PORT_STATE_STATE", 1, portState),
    })),
  ),
  /** Of a port. */
  portRole: attr(
    "IFLA_BRIDGE_MRP_PORT_ROLE",
    3,
    attributes("bridge-mrp-port-role-attrs", () => ({
      role: attr("IFLA_BRIDGE_MRP_PORT_ROLE_ROLE", 1, portRole),
    })),
  ),
  ringState: attr(
    "IFLA_BRIDGE_MRP_RING_STATE",
    4,
    attributes("bridge-mrp-ring-state-attrs", () => ({
      ringId: attr("IFLA_BRIDGE_MRP_RING_STATE_RING_ID", 1, u32),
      state: attr("IFLA_BRIDGE_MRP_RING_STATE_STATE", 2, ringState),
    })),
  ),
  ringRole: attr(
    "IFLA_BRIDGE_MRP_RING_ROLE",
    5,
    attributes("bridge-mrp-ring-role-attrs", () => ({
      ringId: attr("IFLA_BRIDGE_MRP_RING_ROLE_RING_ID", 1, u32),
      role: attr("IFLA_BRIDGE_MRP_RING_ROLE_ROLE", 2, ringRole),
    })),
  ),
  startTest: attr("IFLA_BRIDGE_MRP_START_TEST", 6, startTest),
  /** Every instance; only reported. */
  info: attr("IFLA_BRIDGE_MRP_INFO", 7, multi(info)),
  inRole: attr(
    "IFLA_BRIDGE_MRP_IN_ROLE",
    8,
    attributes("bridge-mrp-in-role-attrs", () => ({
      ringId: attr("IFLA_BRIDGE_MRP_IN_ROLE_RING_ID", 1, u32),
      inId: attr("IFLA_BRIDGE_MRP_IN_ROLE_IN_ID", 2, u16),
      role: attr("IFLA_BRIDGE_MRP_IN_ROLE_ROLE", 3, inRole),
      iIfindex: attr("IFLA_BRIDGE_MRP_IN_ROLE_I_IFINDEX", 4, u32),
    })),
  ),
  inState: attr(
    "IFLA_BRIDGE_MRP_IN_STATE",
    9,
    attributes("bridge-mrp-in-state-attrs", () => ({
      inId: attr("IFLA_BRIDGE_MRP_IN_STATE_IN_ID", 1, u32),
      state: attr("IFLA_BRIDGE_MRP_IN_STATE_STATE", 2, inState),
    })),
  ),
  startInTest: attr(
    "IFLA_BRIDGE_MRP_START_IN_TEST",
    10,
    attributes("bridge-mrp-start-in-test-attrs", () => ({
      inId: attr("IFLA_BRIDGE_MRP_START_IN_TEST_IN_ID", 1, u32),
      interval: attr("IFLA_BRIDGE_MRP_START_IN_TEST_INTERVAL", 2, microseconds),
      maxMiss: attr("IFLA_BRIDGE_MRP_START_IN_TEST_MAX_MISS", 3, u32),
      period: attr("IFLA_BRIDGE_MRP_START_IN_TEST_PERIOD", 4, microseconds),
    })),
  ),
}));

/** Media redundancy of a bridge (linux/if_bridge.h IFLA_BRIDGE_MRP_*, IEC 62439-2, mrp(8)). */
export interface BridgeMrpAttrs extends Infer<typeof set> {}
export const bridgeMrpAttrs: AttributeSet<BridgeMrpAttrs> = set;
