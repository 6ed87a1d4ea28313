/** A ruleset with most of what nft can say, as `nft -f` reads it. */
export const ruleset = `
table inet filter {
  set allowed { type ipv4_addr; flags interval; elements = { 10.0.0.0/8, 192.168.1.5 } }
  set pairs { type ipv4_addr . inet_service; elements = { 10.0.0.1 . 80 } }
  set nets { type ipv4_addr . inet_service; flags interval; elements = { 10.0.0.0/24 . 80-90 } }
  set ports6 { type ipv6_addr; elements = { fe80::1, 2001:db8::1 } }
  map ports { type inet_service : ipv4_addr; elements = { 80 : 10.0.0.1 } }
  map verdicts { type inet_service : verdict; elements = { 22 : accept, 23 : jump other } }
  chain other {
    return
  }
  chain input {
    type filter hook input priority filter; policy drop;
    ct state established,related accept
    ct state invalid drop
    ct direction original ct mark 5 accept
    ct original ip saddr 10.0.0.0/24 accept
    iifname "lo" accept
    iifname != "eth0" oif "lo" accept
    ip saddr @allowed tcp dport { 22, 80-90 } counter accept
    ip saddr . tcp dport @pairs drop
    ip saddr . tcp dport @nets drop
    tcp dport vmap @verdicts
    ip6 saddr fe80::/10 udp dport 5353 limit rate 10/second burst 5 packets log prefix "x " level info
    limit rate over 10 mbytes/second drop
    meta mark 0x10 ct mark set meta mark
    meta mark set 0x20
    tcp flags & (syn|ack) == syn tcp dport != 1-1024 reject with tcp reset
    tcp flags syn accept
    ip daddr 10.0.0.0/24 icmp type echo-request drop comment "hello"
    icmpv6 type { nd-neighbor-solicit, nd-router-advert } accept
    tcp dport vmap { 22 : accept, 23 : drop }
    ether saddr 00:11:22:33:44:55 jump other
    meta l4proto { tcp, udp } th dport 53 accept
    meta l4proto tcp accept
    meta nfproto ipv4 meta l4proto udp accept
    ip protocol icmp meta oif lo
    ip saddr . tcp dport { 10.0.0.1 . 80, 10.0.0.2 . 443 } accept
    meta length 100-200 accept
    meta length > 1000 accept
    ip ttl < 5 drop
    iifname "eth*" drop
    meta skuid 1000 accept
    ip daddr 10.0.0.1-10.0.0.9 drop
    ip6 daddr != 2001:db8::/32 goto other
    pkttype broadcast drop
    reject
    ip saddr 1.2.3.4 reject with icmp host-prohibited
    log
    log flags all
    log group 5 snaplen 100
  }
}
table ip nat {
  chain pre {
    type nat hook prerouting priority dstnat;
    tcp dport 8083 dnat to 10.0.0.2:80
    tcp dport 8084 dnat to 10.0.0.2-10.0.0.5:80-90 random
    udp dport 53 redirect to :5353
    dnat to tcp dport map { 81 : 10.0.0.3 }
  }
  chain post {
    type nat hook postrouting priority srcnat;
    ip saddr 10.0.0.0/24 oifname "eth0" masquerade
    ip daddr 1.2.3.4 snat to 5.6.7.8-5.6.7.9
    meta l4proto tcp masquerade to :1024-2048 random,persistent
  }
}
table ip6 raw {
  chain pre {
    type filter hook prerouting priority raw; policy accept;
    udp dport 53 notrack
  }
}
table bridge br {
  chain pre {
    type filter hook prerouting priority -200;
    ip saddr 10.0.0.1 drop
    ether type arp accept
  }
}
`;
