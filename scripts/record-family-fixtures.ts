/**
 * Records what nft, ss, conntrack, ip xfrm, ethtool and pyroute2 say to this kernel and hear from it, with what
 * `nft -j list ruleset` makes of it.
 *
 *     npx tsx scripts/record-family-fixtures.ts       # as root, with strace; writes test/fixtures/families/KERNEL.json
 *
 * Everything happens in a network namespace of its own. What this kernel has not got is left out.
 */
import { spawn, spawnSync } from "node:child_process";
import { createReadStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { release, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readStrace } from "../src/decode/capture/strace.ts";
import { NETLINK_ROUTE } from "../src/netlink/constants.ts";

const INSIDE = "NLKIT_RECORDING";
if (process.env[INSIDE] === undefined) {
  const again = [...process.execArgv, ...process.argv.slice(1)];
  const { status } = spawnSync("unshare", ["--net", process.execPath, ...again], {
    stdio: "inherit",
    env: { ...process.env, [INSIDE]: "1" },
  });
  process.exit(status ?? 1);
}

interface Recorded {
  readonly protocol: number;
  readonly direction: "sent" | "received";
  readonly hex: string;
}

const folder = resolve(import.meta.dirname, "../test/fixtures/families");
const scratch = mkdtempSync(join(tmpdir(), "nlkit-record-"));
const left: string[] = [];
const seen = new Set<string>();

/** Sequence number and port id of every message make no difference. */
function plain(hex: string): string {
  const bytes = Buffer.from(hex, "hex");
  for (let at = 0; at + 16 <= bytes.length; at += Math.max(16, (bytes.readUInt32LE(at) + 3) & ~3)) {
    bytes.fill(0, at + 8, at + 16);
  }
  return bytes.toString("hex");
}

/** The datagrams of a command, each once; rtnetlink has fixtures of its own. */
async function record(command: string): Promise<Recorded[]> {
  const log = join(scratch, "strace");
  const traced =
    "-e trace=socket,bind,getsockname,sendto,sendmsg,recvfrom,recvmsg,close -e read=all -e write=all";
  const { stderr } = spawnSync(
    "strace",
    ["-f", "-yy", ...traced.split(" "), "-o", log, "sh", "-c", command],
    {
      encoding: "utf8",
    },
  );
  for (const line of stderr.split("\n").filter((text) => /error|failed|not found/i.test(text))) {
    left.push(`${command.trim().split("\n")[0]!.slice(0, 60)}: ${line}`);
  }
  const found: Recorded[] = [];
  for await (const { bytes, length, protocol, direction } of readStrace(createReadStream(log))) {
    if (protocol === undefined || direction === undefined || protocol === NETLINK_ROUTE) continue;
    if (bytes.length === 0 || bytes.length < length) continue;
    const hex = Buffer.from(bytes).toString("hex");
    const key = `${protocol} ${direction} ${plain(hex)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push({ protocol, direction, hex });
  }
  return found;
}

/** The ruleset without the lines that this kernel, or this nft, refuses. */
function acceptedRuleset(): string {
  const lines = readFileSync(join(folder, "ruleset.nft"), "utf8").split("\n");
  const file = join(scratch, "ruleset.nft");
  for (;;) {
    writeFileSync(file, lines.join("\n"));
    const { status, stderr } = spawnSync("unshare", ["--net", "nft", "--file", file], { encoding: "utf8" });
    if (status === 0) return file;
    const refused = Number(/ruleset\.nft:(\d+)/.exec(stderr)?.[1]) - 1;
    if (!(lines[refused]?.trim() ?? "")) throw new Error(stderr);
    left.push(`${lines[refused]!.trim()}: ${stderr.split("\n")[0]}`);
    lines[refused] = "";
  }
}

const SOCKETS = `
import socket, sys, time
def listen(family, kind, address, *protocol):
    s = socket.socket(family, kind, *protocol); s.bind(address)
    if kind != socket.SOCK_DGRAM and kind != socket.SOCK_RAW: s.listen(5)
    return s
a = listen(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 7001))
b = socket.create_connection(("127.0.0.1", 7001)); c, _ = a.accept(); c.send(b"x" * 1000)
d = listen(socket.AF_INET6, socket.SOCK_STREAM, ("::1", 7002))
e = listen(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 7003)); e.connect(("127.0.0.1", 7004))
f = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 3)
g = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0); g.bind((0, 1))
h = listen(socket.AF_UNIX, socket.SOCK_STREAM, "\\0nlkit")
i = socket.socket(socket.AF_UNIX); i.connect("\\0nlkit")
try: j = listen(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 7005), 262)
except OSError: pass
print("ready", flush=True); time.sleep(60)
`;

const XFRM = `
ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x100 reqid 7 mode tunnel auth-trunc 'hmac(sha256)' 0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 128 enc 'cbc(aes)' 0x000102030405060708090a0b0c0d0e0f
ip xfrm state add src 2001:db8::1 dst 2001:db8::2 proto esp spi 0x200 mode transport aead 'rfc4106(gcm(aes))' 0x000102030405060708090a0b0c0d0e0f10111213 128 mark 5 mask 0xff
ip xfrm state add src 192.0.2.1 dst 192.0.2.3 proto esp spi 0x101 mode tunnel encap espinudp 4500 4500 0.0.0.0 auth 'hmac(sha1)' 0x0001020304050607 enc 'cbc(aes)' 0x000102030405060708090a0b0c0d0e0f if_id 9 output-mark 6 flag esn replay-window 64
ip xfrm policy add src 10.0.0.0/8 dst 10.1.0.0/16 dir out tmpl src 192.0.2.1 dst 192.0.2.2 proto esp reqid 7 mode tunnel
ip xfrm policy add src 2001:db8::/32 dst 2001:db8::/32 dir in priority 3 tmpl proto esp mode transport
ip -s xfrm state; ip xfrm state get dst 192.0.2.2 proto esp spi 0x100; ip xfrm state get dst 2001:db8::2 proto esp spi 0x200
ip xfrm policy; ip xfrm policy get dir out src 10.0.0.0/8 dst 10.1.0.0/16
ip xfrm state count; ip -s xfrm policy count; ip xfrm policy setdefault in block; ip xfrm policy getdefault
ip xfrm state delete src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x100; ip xfrm state flush; ip xfrm policy flush
`;

const PYROUTE2 = `
from pyroute2 import DiagSocket, NFTables
from pyroute2.netlink.generic.ethtool import NlEthtool
n = NFTables(nfgen_family=2)
list(n.get_tables()); list(n.get_chains()); list(n.get_rules())
n.table("add", name="t1")
n.close()
d = DiagSocket(); d.bind(); d.get_sock_stats(family=2); d.get_sock_stats(family=1)
NlEthtool().get_wol("lo")
`;

const sockets = spawn("python3", ["-c", SOCKETS], { stdio: ["ignore", "pipe", "inherit"] });
try {
  spawnSync("ip", ["link", "set", "lo", "up"]);
  await new Promise((ready) => sockets.stdout.once("data", ready));
  const ruleset = acceptedRuleset();
  const commands: Record<string, string> = {
    "nft -f": `nft --file ${ruleset}`,
    "nft list ruleset": "nft list ruleset",
  };
  const recorded: Record<string, Recorded[]> = {};
  for (const [name, command] of Object.entries(commands)) recorded[name] = await record(command);
  const nft = JSON.parse(spawnSync("nft", ["-j", "list", "ruleset"], { encoding: "utf8" }).stdout);
  Object.assign(recorded, {
    nft: await record(`
      nft list hooks; nft reset counters; nft reset quotas; nft flush ruleset
      nft -e add table inet x '{ chain c { type filter hook input priority 0; }; set s { type ipv4_addr; }; }'
      nft -e -a add rule inet x c tcp dport 22 counter accept; nft -a list table inet x
      nft insert rule inet x c index 0 drop; nft replace rule inet x c handle 3 counter
      nft add element inet x s '{ 192.0.2.1 }'; nft get element inet x s '{ 192.0.2.1 }'
      nft add rule inet x nowhere accept; nft delete table inet x`),
    ss: await record(
      "ss -a -i -e -m -o; ss -M -a -i; ss -w -a -e; ss -0 -a -e -m; ss -f netlink -e -m; ss --vsock -a; ss --xdp; ss -tnb",
    ),
    "ss -K": await record("ss -K dst 127.0.0.1 sport = :7001"),
    conntrack: await record(`
      conntrack -I -s 192.0.2.1 -d 192.0.2.2 -p tcp --sport 1 --dport 2 --state ESTABLISHED --timeout 100
      conntrack -L; conntrack -C; conntrack -S; conntrack -L expect; conntrack -F`),
    "ip xfrm": await record(XFRM),
    ethtool: await record("ethtool lo; ethtool -k lo; ethtool -T lo; ethtool -c lo"),
    genl: await record("genl ctrl list"),
    pyroute2: await record(`/usr/bin/python3 -c '${PYROUTE2}'`),
  });
  const file = join(folder, `${release().split("-")[0]}.json`);
  const fixture = { kernel: release(), byteOrder: "little", left, nft, recorded };
  writeFileSync(file, `${JSON.stringify(fixture, null, 1)}\n`);
  const counts = Object.entries(recorded).map(([name, { length }]) => `${name} ${length}`);
  console.log(`${file}: ${counts.join(", ")} datagrams`);
  for (const line of left) console.log(`left out: ${line}`);
} finally {
  sockets.kill();
  rmSync(scratch, { recursive: true });
}
