/**
 * Records dumps of rtnetlink as this kernel sends them, with what `ip -j -d` and `bridge -j` say of the same objects.
 *
 *     npx tsx scripts/record-rtnl-fixtures.ts    # as root; writes test/fixtures/rtnl/KERNEL.json and KERNEL.printed.json
 *
 * Everything happens in a network namespace of its own. What this kernel has not got is left out.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "../src/netlink/client.ts";
import type { Request } from "../src/netlink/request.ts";
import { listAddrs, listLinks, listNeighs, listNsids, listRoutes } from "../src/rtnl/index.ts";
import { rtnetlink } from "../src/rtnl/protocol.ts";
import { formatFixture, record } from "../src/testing/index.ts";

const INSIDE = "NLKIT_RECORDING";

if (process.env[INSIDE] === undefined) {
  const again = [...process.execArgv, ...process.argv.slice(1)];
  const { status } = spawnSync("unshare", ["--net", process.execPath, ...again], {
    stdio: "inherit",
    env: { ...process.env, [INSIDE]: "1" },
  });
  process.exit(status ?? 1);
}

const left: string[] = [];

/** Runs one command; what this kernel does not know is noted. */
function run(command: string): void {
  const [program, ...words] = command.split(" ");
  const { status, stderr } = spawnSync(program!, words, { encoding: "utf8" });
  if (status !== 0) left.push(`${command}: ${stderr.trim()}`);
}

function json(command: string): object[] {
  const [program, ...words] = command.split(" ");
  const { status, stdout, stderr } = spawnSync(program!, words, { encoding: "utf8" });
  if (status === 0) return JSON.parse(stdout || "[]") as object[];
  left.push(`${command}: ${stderr.trim()}`);
  return [];
}

const stranger = spawnSync("sh", ["-c", "unshare --net sleep 60 >/dev/null 2>&1 & echo $!"], {
  encoding: "utf8",
});
const other = Number(stranger.stdout);
const mac = (end: number) => `02:00:00:00:00:${end.toString(16).padStart(2, "0")}`;

try {
  // The child has its own namespace as soon as it runs sleep.
  run("sleep 0.3");
  for (const command of [
    "ip link set lo up",
    `ip link add br0 address ${mac(1)} type bridge stp_state 1 forward_delay 400`,
    "ip link set br0 type bridge vlan_filtering 1",
    "ip link set br0 type bridge mcast_querier 1",
    `ip link add veth0 address ${mac(2)} type veth peer name veth1 address ${mac(3)}`,
    `ip link add veth2 address ${mac(4)} type veth peer name away address ${mac(5)}`,
    `ip link set away netns ${other}`,
    "ip link set veth0 master br0 alias port-one txqueuelen 500",
    "ip link property add dev veth0 altname port-one-long-name altname another",
    "bridge link set dev veth0 cost 7 hairpin on isolated on",
    "bridge vlan add dev veth0 vid 10 pvid untagged",
    "bridge vlan add dev veth0 vid 20-23",
    "ip link set br0 up",
    "ip link set veth0 up",
    "ip link set veth1 up mtu 1400",
    "ip addr add 192.0.2.1/24 brd + dev veth1 label veth1:a",
    "ip addr add 192.0.2.2/24 dev veth1 valid_lft 3600 preferred_lft 1800",
    "ip addr add 198.51.100.1 peer 198.51.100.2/32 dev veth1 scope link",
    "ip addr add 2001:db8::1/64 dev veth1 nodad",
    "ip addr add 2001:db8::2/64 dev veth1 nodad noprefixroute",
    `ip link add vx0 address ${mac(6)} type vxlan id 42 dev veth1 group 239.1.1.1 dstport 4789 ttl 8 srcport 40000 50000`,
    `ip link add vx1 address ${mac(7)} type vxlan id 43 local 2001:db8::1 dstport 4789 nolearning udp6zerocsumtx`,
    `ip link add vx2 address ${mac(8)} type vxlan external dstport 4790 gbp`,
    `ip link add mv0 link veth1 address ${mac(9)} type macvlan mode bridge`,
    `ip link add mv1 link veth1 address ${mac(10)} type macvlan mode source`,
    `ip link set mv1 type macvlan macaddr add ${mac(99)}`,
    "ip tuntap add tap0 mode tap",
    "ip tuntap add tun0 mode tun user 1000 multi_queue",
    `ip link add ifb0 address ${mac(12)} type ifb`,
    `ip link add dummy0 address ${mac(13)} type dummy`,
    `ip link add veth1.5 link veth1 address ${mac(14)} type vlan id 5 protocol 802.1ad gvrp on egress-qos-map 1:2 3:4 ingress-qos-map 2:1`,
    `ip link add ipvl0 link veth2 type ipvlan mode l3s private`,
    "ip link set vx1 up",
    "ip route add 203.0.113.0/24 via 192.0.2.254 dev veth1 metric 7 mtu lock 1300 advmss 1200 src 192.0.2.1 proto bgp",
    "ip route add blackhole 203.0.113.128/25",
    "ip route add unreachable 2001:db8:dead::/48",
    "ip route add 10.9.0.0/16 nexthop via 192.0.2.253 dev veth1 weight 3 nexthop via 192.0.2.252 dev veth1 onlink",
    "ip route add 2001:db8:9::/48 nexthop via 2001:db8::99 dev veth1 nexthop via 2001:db8::98 dev veth1 weight 2",
    "ip route add 10.8.0.0/16 via inet6 2001:db8::99 dev veth1",
    "ip route add default via 192.0.2.254 table 1000 congctl cubic features ecn rto_min 5ms initcwnd 20",
    "ip route add 2001:db8:8::/48 via 2001:db8::99 dev veth1 expires 600 pref high",
    `ip neigh add 192.0.2.9 lladdr ${mac(20)} dev veth1 nud permanent`,
    `ip neigh add 2001:db8::9 lladdr ${mac(21)} dev veth1 nud reachable router`,
    "ip neigh add proxy 192.0.2.10 dev veth1",
    `bridge fdb add ${mac(22)} dev veth0 master static vlan 10`,
    `bridge fdb add ${mac(23)} dev vx0 dst 192.0.2.77 port 4790 vni 77 via veth1`,
    `bridge fdb append 00:00:00:00:00:00 dev vx1 dst 2001:db8::77`,
  ]) {
    run(command);
  }
  const recording = record(undefined, { about: "dumps of objects that ip and bridge made" });
  await using client = new Client({ protocol: rtnetlink, open: recording.open });
  const objects: { object: string; ip: object[] }[] = [];
  const dump = async (object: string, request: Request<unknown>, ...commands: string[]) => {
    await client.list(request);
    objects.push({ object, ip: commands.flatMap(json) });
  };
  await dump("link", listLinks(), "ip -j -d link show");
  await dump("bridgeLink", listLinks({ ifiFamily: "bridge", extMask: ["brvlan"] }), "bridge -j -d vlan show");
  await dump("addr", listAddrs(), "ip -j -d addr show");
  await dump("route", listRoutes({ rtmFamily: "inet" }), "ip -j -d -4 route show table all");
  await dump("route", listRoutes({ rtmFamily: "inet6" }), "ip -j -d -6 route show table all");
  await dump("neigh", listNeighs(), "ip -j -d neigh show nud all");
  await dump("proxy", listNeighs({ ndmFlags: ["proxy"] }), "ip -j neigh show proxy");
  await dump("fdb", listNeighs({ ndmFamily: "bridge" }), "bridge -j -d fdb show");
  await dump("nsid", listNsids());
  const folder = resolve(import.meta.dirname, "../test/fixtures/rtnl");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${release().split("-")[0]}.json`);
  const iproute2 = execFileSync("ip", ["-V"], { encoding: "utf8" }).trim();
  writeFileSync(file, formatFixture(recording.fixture));
  writeFileSync(
    file.replace(/json$/, "printed.json"),
    `${JSON.stringify({ iproute2, left, objects }, null, 1)}\n`,
  );
  console.log(file);
  for (const line of left) console.log(`left out: ${line}`);
} finally {
  process.kill(other);
}
