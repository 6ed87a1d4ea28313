/** What scripts/record-iproute2-fixtures.ts has tc do. */

export const mac = (end: number): string => `02:00:00:00:00:${end.toString(16).padStart(2, "0")}`;

/** Queueing disciplines, one after the other. */
const qdiscs = [
  "htb default 30 r2q 5",
  "tbf rate 1mbit burst 10k latency 70ms",
  "fq_codel limit 100 target 3ms interval 30ms ce_threshold 5ms",
  "codel limit 100 target 4ms ecn",
  "pie limit 100 target 20ms",
  "fq_pie limit 100 flows 64",
  "fq limit 2000 flow_limit 50",
  "cake bandwidth 10mbit diffserv4 nat wash overhead 18 mpu 64",
  "netem delay 10ms 2ms 25% loss 1% duplicate 0.5% reorder 10% 50% corrupt 0.1% rate 1mbit",
  "netem loss state 1% 10% 70% 2% 3% slot 800us 1ms",
  "prio bands 4",
  "sfq perturb 10 quantum 3000",
  "red limit 400000 min 30000 max 90000 avpkt 1000 burst 55 ecn bandwidth 10mbit probability 0.1",
  "choke limit 100 min 10 max 30 bandwidth 10mbit",
  "gred setup vqs 4 default 1 grio",
  "ets bands 4 strict 1 quanta 4000 3000 2000",
  "drr",
  "qfq",
  "hfsc default 7",
  "hhf limit 500",
  "cbs idleslope 98688 sendslope -901312 hicredit 153 locredit -1389",
  "etf clockid CLOCK_TAI delta 200000",
  "sfb limit 500 max 20",
  "pfifo limit 10",
  "bfifo limit 10000",
  "skbprio limit 10",
  "plug limit 10000",
  "clsact",
];

/** Of a qdisc of that name. */
const classes = [
  "hfsc sc m1 2mbit d 10ms m2 1mbit ul rate 3mbit",
  "drr quantum 3000",
  "qfq weight 10 maxpkt 1400",
  "htb rate 1mbit ceil 2mbit",
];

const filters = [
  "protocol ip pref 1 u32 match ip dst 10.0.0.0/8 match ip dport 80 0xffff action drop",
  "protocol ip pref 2 flower src_ip 10.0.0.0/8 ip_proto tcp dst_port 80-90 tcp_flags 0x2/0x12 ct_state +trk+est action drop",
  "protocol ip pref 3 flower enc_key_id 7 enc_dst_ip 10.0.0.1 geneve_opts 0102:80:01020304/ffff:ff:ff000000 action drop",
  "protocol 802.1Q pref 4 flower vlan_id 5 vlan_ethtype 802.1Q cvlan_id 6 cvlan_ethtype ipv6 action drop",
  "protocol arp pref 5 flower arp_op request arp_sip 10.0.0.0/8 action drop",
  "protocol mpls_uc pref 6 flower mpls lse depth 1 label 100 ttl 5 action drop",
  "protocol all pref 7 matchall action mirred egress redirect dev d1",
  "protocol all pref 8 basic match 'meta(priority eq 6) and cmp(u16 at 2 layer 1 mask 0xff00 gt 20)' action drop",
  "protocol all pref 9 bpf bytecode '1,6 0 0 4294967295' action drop",
  "protocol all pref 10 handle 5/0xff fw action drop",
  "protocol all pref 11 handle 3 flow hash keys src,dst,proto divisor 64 perturb 10 baseclass 1:4",
  "protocol ip pref 12 chain 5 matchall action police rate 1mbit burst 10k conform-exceed drop/pipe action vlan push id 5 action ok",
];

const actions = [
  "gact drop random determ pass 5",
  "vlan push id 5 protocol 802.1ad priority 3",
  "nat ingress 10.0.0.0/24 192.168.0.0",
  "pedit ex munge ip ttl set 5 munge eth dst set 02:00:00:00:00:01 pipe",
  "police rate 1mbit burst 10k mtu 2k conform-exceed drop/pipe",
  "skbedit priority 1:10 mark 7/0xff queue_mapping 3",
  "tunnel_key set src_ip 1.1.1.1 dst_ip 2.2.2.2 id 7 geneve_opts 0102:80:01020304",
  "ct commit zone 3 mark 5/0xff nat src addr 1.1.1.1-1.1.1.5 port 100-200",
  "mpls push protocol mpls_uc label 5 ttl 60",
  "csum ip and tcp",
  "connmark zone 5",
  "ctinfo dscp 0xfc000000 0x01000000 zone 3",
  "gate clockid CLOCK_TAI base-time 1000000000000 sched-entry open 200000000 5 9000 sched-entry close 100000000 -1 -1",
  "ife encode type 0xed3e allow mark use prio 5",
  "sample rate 5 group 3 trunc 100",
  "simple sdata hello",
  "skbmod swap mac",
];

const devices = [0, 1, 2, 3, 4];

/** Traffic control comes first: tc asks for all links time and again. */
export const shaping: readonly string[] = [
  "ip link set lo up",
  ...devices.map((number) => `ip link add d${number} address ${mac(number)} type dummy`),
  ...devices.map((number) => `ip link set d${number} up`),
  ...qdiscs.flatMap((qdisc) => [
    `tc qdisc add dev d2 ${qdisc === "clsact" ? qdisc : `root handle 1: ${qdisc}`}`,
    ...classes
      .filter((one) => qdisc.startsWith(one.split(" ")[0]!))
      .flatMap((one) => [
        `tc class add dev d2 parent 1: classid 1:1 ${one}`,
        "tc -d -s class show dev d2",
        "tc class del dev d2 classid 1:1",
      ]),
    "tc -j -d -s qdisc show dev d2",
    `tc qdisc del dev d2 ${qdisc === "clsact" ? qdisc : "root"}`,
  ]),
  "tc qdisc add dev d0 root handle 1: stab overhead 10 linklayer ethernet htb default 30",
  "tc class add dev d0 parent 1: classid 1:1 htb rate 1mbit ceil 2mbit burst 10k cburst 20k prio 3 quantum 2000",
  "tc class add dev d0 parent 1: classid 1:2 est 1s 8s htb rate 40gbit ceil 80gbit",
  "tc -j -d -s qdisc show",
  "tc qdisc show dev d0 invisible",
  "tc -d -s class show dev d0",
  "tc qdisc add dev d1 clsact",
  ...filters.map((filter) => `tc filter add dev d1 ingress ${filter}`),
  "tc chain add dev d1 ingress chain 7 protocol ip flower src_ip 0.0.0.0/8",
  "tc -d -s filter show dev d1 ingress",
  "tc -j filter show dev d1 ingress pref 7",
  "tc filter get dev d1 ingress protocol all pref 10 handle 5/0xff fw",
  "tc -j chain show dev d1 ingress",
  ...actions.map((action, index) => `tc actions add action ${action} index ${index + 100}`),
  ...actions.map(
    (action, index) => `tc -d -s actions get action ${action.split(" ")[0]} index ${index + 100}`,
  ),
  "tc -j -s actions list action gact",
  "tc filter del dev d1 ingress protocol ip pref 1",
  "tc chain del dev d1 ingress chain 7",
  "tc class del dev d0 classid 1:2",
  "tc qdisc del dev d0 root",
  "tc qdisc del dev d1 clsact",
  "tc actions flush action simple",
];
