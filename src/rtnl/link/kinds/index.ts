/** Every link kind, by the kernel's name for it: the one place that knows them all. */
import { amt } from "./amt.ts";
import { bareudp } from "./bareudp.ts";
import { batadv } from "./batadv.ts";
import { bond } from "./bond.ts";
import { bondSlave } from "./bond-slave.ts";
import { bridge } from "./bridge.ts";
import { bridgePort } from "./bridge-port.ts";
import { can } from "./can.ts";
import { dsa } from "./dsa.ts";
import { dummy } from "./dummy.ts";
import { geneve } from "./geneve.ts";
import { gre } from "./gre.ts";
import { gtp } from "./gtp.ts";
import { hsr } from "./hsr.ts";
import { ifb } from "./ifb.ts";
import { ip6gre } from "./ip6gre.ts";
import { ip6tnl } from "./ip6tnl.ts";
import { ipoib } from "./ipoib.ts";
import { iptun } from "./iptun.ts";
import { ipvlan } from "./ipvlan.ts";
import { lowpan } from "./lowpan.ts";
import { macsec } from "./macsec.ts";
import { macvlan } from "./macvlan.ts";
import { netdevsim } from "./netdevsim.ts";
import { netkit } from "./netkit.ts";
import { nlmon } from "./nlmon.ts";
import { openvswitch } from "./openvswitch.ts";
import { ovpn } from "./ovpn.ts";
import { pfcp } from "./pfcp.ts";
import { ppp } from "./ppp.ts";
import { rmnet } from "./rmnet.ts";
import { team } from "./team.ts";
import { tun } from "./tun.ts";
import { vcan } from "./vcan.ts";
import { veth } from "./veth.ts";
import { virtWifi } from "./virt-wifi.ts";
import { vlan } from "./vlan.ts";
import { vrf } from "./vrf.ts";
import { vrfSlave } from "./vrf-slave.ts";
import { vsockmon } from "./vsockmon.ts";
import { vti } from "./vti.ts";
import { vti6 } from "./vti6.ts";
import { vxcan } from "./vxcan.ts";
import { vxlan } from "./vxlan.ts";
import { wireguard } from "./wireguard.ts";
import { wwan } from "./wwan.ts";
import { xfrm } from "./xfrm.ts";

/** IFLA_INFO_KIND → what IFLA_INFO_DATA holds. */
export const linkKinds = {
  amt,
  bareudp,
  batadv,
  bond,
  bridge,
  can,
  dsa,
  dummy,
  erspan: gre,
  geneve,
  gre,
  gretap: gre,
  gtp,
  hsr,
  ifb,
  ip6erspan: ip6gre,
  ip6gre,
  ip6gretap: ip6gre,
  ip6tnl,
  ipip: iptun,
  ipoib,
  ipvlan,
  ipvtap: ipvlan,
  lowpan,
  macsec,
  macvlan,
  macvtap: macvlan,
  netdevsim,
  netkit,
  nlmon,
  openvswitch,
  ovpn,
  pfcp,
  ppp,
  rmnet,
  sit: iptun,
  team,
  tun,
  vcan,
  veth,
  virt_wifi: virtWifi,
  vlan,
  vrf,
  vsockmon,
  vti,
  vti6,
  vxcan,
  vxlan,
  wireguard,
  wwan,
  xfrm,
} as const;

/** IFLA_INFO_SLAVE_KIND → what IFLA_INFO_SLAVE_DATA holds. */
export const slaveKinds = { bond: bondSlave, bridge: bridgePort, vrf: vrfSlave } as const;
