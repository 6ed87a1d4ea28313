/** Forwarding databases, multicast databases, VLANs, and the VNI filters of VXLANs. */
import type { RequestCase } from "../../support/requests.ts";

const mac = (end: number) => `02:00:00:00:01:${end.toString(16).padStart(2, "0")}`;

export const bridges: readonly RequestCase[] = [
  [
    `bridge fdb add ${mac(1)} dev p0 master static`,
    (ns) => ns.fdb.add("p0", { mac: mac(1), master: true, state: "static" }),
  ],
  [
    `bridge fdb add ${mac(2)} dev p0 master dynamic`,
    (ns) => ns.fdb.add("p0", { mac: mac(2), master: true, state: "dynamic" }),
  ],
  [
    `bridge fdb add ${mac(3)} dev p0 master extern_learn sticky static`,
    (ns) => ns.fdb.add("p0", { mac: mac(3), master: true, state: "static", externLearn: true, sticky: true }),
  ],
  [
    `bridge fdb replace ${mac(1)} dev p0 master permanent`,
    (ns) => ns.fdb.replace("p0", { mac: mac(1), master: true, state: "permanent" }),
  ],
  [`bridge fdb add ${mac(4)} dev b0 self`, (ns) => ns.fdb.add("b0", { mac: mac(4) })],
  [
    `bridge fdb add ${mac(5)} dev vx dst 10.0.0.9 port 4800 vni 77 via v0`,
    (ns) => ns.fdb.add("vx", { mac: mac(5), dst: "10.0.0.9", port: 4800, vni: 77, via: "v0" }),
  ],
  [
    `bridge fdb append 00:00:00:00:00:00 dev vx dst 10.0.0.9`,
    (ns) => ns.fdb.append("vx", { mac: "00:00:00:00:00:00", dst: "10.0.0.9" }),
  ],
  [
    `bridge fdb add ${mac(6)} dev vf dst 10.0.0.9 src_vni 100`,
    (ns) => ns.fdb.add("vf", { mac: mac(6), dst: "10.0.0.9", srcVni: 100 }),
  ],
  [
    `bridge fdb add ${mac(7)} dev vx dst fd00::9 router`.replace(" dst fd00::9", " dst 10.0.0.8"),
    (ns) => ns.fdb.add("vx", { mac: mac(7), dst: "10.0.0.8", router: true }),
  ],
  [
    `bridge fdb del ${mac(5)} dev vx dst 10.0.0.9 port 4800 vni 77 via v0`,
    (ns) => ns.fdb.delete("vx", { mac: mac(5), dst: "10.0.0.9", port: 4800, vni: 77, via: "v0" }),
  ],
  [`bridge fdb del ${mac(2)} dev p0 master`, (ns) => ns.fdb.delete("p0", { mac: mac(2), master: true })],
  ["bridge fdb flush dev b0", (ns) => ns.fdb.flush("b0")],
  [
    "bridge fdb flush dev p0 master vlan 10 dynamic",
    (ns) => ns.fdb.flush("p0", { master: true, vlan: 10, dynamic: true }),
  ],
  [
    "bridge vlan set dev p0 vid 20-22 state blocking",
    (ns) => ns.vlan.set("p0", { vid: 20, vidEnd: 22, state: "blocking" }),
  ],
  [
    "bridge vlan set dev p0 vid 23 state forwarding mcast_router 2",
    (ns) => ns.vlan.set("p0", { vid: 23, state: "forwarding", mcastRouter: 2 }),
  ],
  [
    "bridge fdb add 02:00:00:00:01:20 dev p0 master static vlan 10",
    (ns) => ns.fdb.add("p0", { mac: mac(0x20), master: true, state: "static", vlan: 10 }),
  ],
  [
    "bridge mdb add dev b0 port p0 grp 239.1.1.1 permanent vid 10",
    (ns) => ns.mdb.add("b0", { port: "p0", grp: "239.1.1.1", state: "permanent", vid: 10 }),
  ],
  [
    "bridge mdb add dev b0 port p0 grp ff0e::1 temp vid 10 src 2001:db8::1",
    (ns) => ns.mdb.add("b0", { port: "p0", grp: "ff0e::1", state: "temp", vid: 10, src: "2001:db8::1" }),
  ],
  [
    "bridge mdb add dev b0 port p0 grp 01:02:03:04:05:06 permanent",
    (ns) => ns.mdb.add("b0", { port: "p0", grp: "01:02:03:04:05:06", state: "permanent" }),
  ],
  [
    "bridge mdb add dev b0 port b0 grp 239.1.1.5 temp vid 10",
    (ns) => ns.mdb.add("b0", { port: "b0", grp: "239.1.1.5", state: "temp", vid: 10 }),
  ],
  [
    "bridge mdb del dev b0 port p0 grp 239.1.1.1 permanent vid 10",
    (ns) => ns.mdb.delete("b0", { port: "p0", grp: "239.1.1.1", vid: 10 }),
  ],
  [
    "ip link set b0 type bridge mcast_vlan_snooping 1",
    (ns) => {
      const on = ["mcast-vlan-snooping"] as const;
      const multiBoolopt = { optval: [...on], optmask: [...on] };
      return ns.link.set("b0", { kind: "bridge", data: { multiBoolopt } });
    },
  ],
  [
    "bridge vlan global set dev b0 vid 10 mcast_snooping 0 mcast_igmp_version 3 mcast_mld_version 2",
    (ns) => ns.vlan.setGlobal("b0", { vid: 10, mcastSnooping: 0, mcastIgmpVersion: 3, mcastMldVersion: 2 }),
  ],
  [
    "bridge vlan global set dev b0 vid 11 mcast_querier 1 mcast_query_interval 5000 mcast_last_member_count 4",
    (ns) =>
      ns.vlan.setGlobal("b0", {
        vid: 11,
        mcastQuerier: 1,
        mcastQueryInterval: 5000,
        mcastLastMemberCount: 4,
      }),
  ],
  ["bridge vni add dev vf vni 100", (ns) => ns.vni.add("vf", { vni: 100 })],
  [
    "bridge vni add dev vf vni 200-205 remote 10.0.0.8",
    (ns) => ns.vni.add("vf", { vni: 200, vniEnd: 205, remote: "10.0.0.8" }),
  ],
  [
    "bridge vni add dev vf vni 300 remote 10.0.0.9",
    (ns) => ns.vni.add("vf", { vni: 300, remote: "10.0.0.9" }),
  ],
  ["bridge vni delete dev vf vni 200-205", (ns) => ns.vni.delete("vf", { vni: 200, vniEnd: 205 })],
];

/** The same asked for by other messages. */
export const byOtherMessages: readonly (readonly [...RequestCase, string])[] = [
  [
    "bridge vlan add dev p0 vid 10 pvid untagged",
    (ns) => ns.vlan.add("p0", { vid: 10, pvid: true, untagged: true }),
    "bridge 6.1 has VLANs in IFLA_AF_SPEC of a link; RTM_NEWVLAN takes options with them (Linux 5.6)",
  ],
  [
    "bridge vlan add dev p0 vid 20-25",
    (ns) => ns.vlan.add("p0", { vid: 20, vidEnd: 25 }),
    "bridge 6.1 has VLANs in IFLA_AF_SPEC of a link; RTM_NEWVLAN takes options with them (Linux 5.6)",
  ],
  [
    "bridge vlan add dev b0 vid 10-12 self",
    (ns) => ns.vlan.add("b0", { vid: 10, vidEnd: 12 }),
    "bridge 6.1 has VLANs in IFLA_AF_SPEC of a link; RTM_NEWVLAN takes options with them (Linux 5.6)",
  ],
  [
    "bridge vlan add dev p0 vid 20 tunnel_info id 300",
    (ns) => ns.vlan.add("p0", { vid: 20, tunnelInfo: { id: 300 } }),
    "bridge 6.1 has VLANs in IFLA_AF_SPEC of a link; RTM_NEWVLAN takes options with them (Linux 5.6)",
  ],
  [
    "bridge vlan del dev p0 vid 24-25",
    (ns) => ns.vlan.delete("p0", { vid: 24, vidEnd: 25 }),
    "bridge 6.1 has VLANs in IFLA_AF_SPEC of a link; RTM_NEWVLAN takes options with them (Linux 5.6)",
  ],
  [
    "bridge link set dev p0 cost 9 hairpin off",
    (ns) => ns.link.set("p0", { slaveKind: "bridge", slaveData: { cost: 9, hairpin: false } }),
    "RTM_SETLINK of AF_BRIDGE has the port's options in IFLA_PROTINFO, RTM_NEWLINK in IFLA_INFO_SLAVE_DATA",
  ],
];
