/** Every link kind, by the kernel's name for it: the one place that knows them all. */
import { bridge } from "./bridge.ts";
import { bridgePort } from "./bridge-port.ts";
import { dummy } from "./dummy.ts";
import { ifb } from "./ifb.ts";
import { ipvlan } from "./ipvlan.ts";
import { macvlan } from "./macvlan.ts";
import { tun } from "./tun.ts";
import { veth } from "./veth.ts";
import { vlan } from "./vlan.ts";
import { vxlan } from "./vxlan.ts";

/** IFLA_INFO_KIND → what IFLA_INFO_DATA holds. */
export const linkKinds = {
  bridge,
  dummy,
  ifb,
  ipvlan,
  ipvtap: ipvlan,
  macvlan,
  macvtap: macvlan,
  tun,
  veth,
  vlan,
  vxlan,
} as const;

/** IFLA_INFO_SLAVE_KIND → what IFLA_INFO_SLAVE_DATA holds. */
export const slaveKinds = { bridge: bridgePort } as const;
