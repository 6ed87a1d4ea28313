/**
 * Writes docs/side-by-side.md: messages as strace, tshark and nlkit show them. For a kernel with nlmon and a machine with
 * strace, tshark, iproute2 and nft: what they say is recorded in a namespace of its own.
 *
 *     node --import tsx scripts/side-by-side.ts [FILE]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nlmonDatagrams } from "../src/cli/index.ts";
import type { Captured } from "../src/decode/capture/captured.ts";
import { PcapngWriter } from "../src/decode/capture/pcapng-write.ts";
import { Conversation } from "../src/decode/conversation.ts";
import { tree } from "../src/decode/output/index.ts";
import type { Told } from "../src/decode/told.ts";
import { Netns } from "../src/index.ts";

interface Case {
  readonly title: string;
  /** Makes what the command needs. */
  readonly before?: readonly string[];
  readonly command: string;
  /** Which message of the command's to show. */
  readonly show: (told: Told) => boolean;
}

/** iproute2 first asks what the kernel can do, with a message of sequence number 0. */
const has =
  (direction: "sent" | "received", constant: string) =>
  (told: Told): boolean =>
    told.messages.some(
      ({ message }) =>
        message.direction === direction && message.constant === constant && message.length > 32,
    );
const sent = (constant: string) => has("sent", constant);
const received = (constant: string) => has("received", constant);
const refused = (told: Told): boolean =>
  told.messages.some(
    ({ message: { answer } }) => answer?.code !== undefined && answer.extended !== undefined,
  );

const cases: readonly Case[] = [
  {
    title: "A link is made",
    command: "ip link add veth0 type veth peer name veth1",
    show: sent("RTM_NEWLINK"),
  },
  {
    title: "A VXLAN, its options in IFLA_INFO_DATA",
    before: ["ip link add d0 type dummy"],
    command: "ip link add vx0 type vxlan id 42 dev d0 group 239.1.1.1 dstport 4789",
    show: sent("RTM_NEWLINK"),
  },
  {
    title: "The kernel refuses one, and says why",
    before: ["ip link add v0 type veth peer name v1"],
    command: "ip link set v0 mtu 70000",
    show: refused,
  },
  {
    title: "An address",
    before: ["ip link add d0 type dummy"],
    command: "ip addr add 192.0.2.1/24 dev d0 valid_lft 3600 preferred_lft 1800",
    show: sent("RTM_NEWADDR"),
  },
  {
    title: "A route over two hops",
    before: ["ip link add d0 type dummy", "ip addr add 192.0.2.1/24 dev d0", "ip link set d0 up"],
    command: "ip route add 198.51.100.0/24 nexthop via 192.0.2.2 weight 2 nexthop via 192.0.2.3 weight 1",
    show: sent("RTM_NEWROUTE"),
  },
  {
    title: "A rule",
    command: "ip rule add from 192.0.2.0/24 fwmark 0x10/0xff lookup 100",
    show: sent("RTM_NEWRULE"),
  },
  {
    title: "A neighbour, as the kernel lists it",
    before: [
      "ip link add d0 type dummy",
      "ip link set d0 up",
      "ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev d0",
    ],
    command: "ip neigh show dev d0",
    show: received("RTM_NEWNEIGH"),
  },
  {
    title: "A queueing discipline",
    before: ["ip link add d0 type dummy"],
    command: "tc qdisc add dev d0 root handle 1: tbf rate 8mbit burst 10k latency 50ms",
    show: sent("RTM_NEWQDISC"),
  },
  {
    title: "A rule of nftables, in its batch",
    before: ["nft add table inet t; add chain inet t c"],
    command: "nft add rule inet t c tcp dport 22 accept",
    show: sent("NFT_MSG_NEWRULE"),
  },
  {
    title: "Generic netlink: which number a family has",
    command: "ip macsec show",
    show: received("GENL_ID_CTRL"),
  },
];

const folder = mkdtempSync(join(tmpdir(), "nlkit-side-by-side-"));
const file = (name: string): string => join(folder, name);

/** Only nft's argument has blanks. */
function words(command: string): string[] {
  const [program, ...rest] = command.split(" ");
  return program === "nft" ? ["nft", rest.join(" ")] : [program!, ...rest];
}

/** Runs the command under strace and an nlmon device at once. */
async function record({ before = [], command }: Case): Promise<{ captured: Captured[]; strace: string }> {
  await using ns = await Netns.anonymous();
  await ns.link.set("lo", { up: true });
  const run = (program: string, ...args: string[]): void => {
    ns.run(() => spawnSync(program, args, { stdio: "ignore" }));
  };
  for (const line of before) {
    const [program, ...args] = words(line);
    run(program!, ...args);
  }
  const captured: Captured[] = [];
  const ready = async (): Promise<void> => {
    const trace = [
      "-f",
      "-v",
      "-s",
      "64",
      "-e",
      "trace=sendto,sendmsg,recvmsg,recvfrom",
      "-o",
      file("strace"),
    ];
    run("strace", ...trace, ...words(command));
  };
  const end = new AbortController();
  for await (const datagram of nlmonDatagrams({ netns: ns, ready, signal: end.signal })) {
    captured.push(datagram);
    // All of it is in the buffer by now.
    setTimeout(() => end.abort(), 200);
  }
  return { captured, strace: readFileSync(file("strace"), "utf8") };
}

/** The call that sent or received this datagram, without the process. */
function straceOf(text: string, { messages: [first] }: Told): string | undefined {
  const { direction, length, sequence } = first!.message;
  const start = direction === "sent" ? "send" : "recv";
  const header = `nlmsg_len=${length}, `;
  return text
    .split("\n")
    .map((line) => line.replace(/^\d+\s+/, ""))
    .find(
      (line) => line.startsWith(start) && line.includes(header) && line.includes(`nlmsg_seq=${sequence},`),
    );
}

function tsharkOf(captured: Captured): string {
  const writer = new PcapngWriter({ ifname: "nlmon", application: "nlkit" });
  writeFileSync(file("one.pcapng"), Buffer.concat([writer.start(), writer.packet(captured)]));
  const text = execFileSync("tshark", ["-r", file("one.pcapng"), "-V"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  // The frame and the pseudo header are the same for all.
  const lines = text.trimEnd().split("\n");
  const start = lines.findIndex(
    (line) => /^(?:Linux |Netlink|Generic)/.test(line) && !line.startsWith("Linux netlink (cooked"),
  );
  return lines.slice(Math.max(start, 0)).join("\n");
}

async function section(entry: Case): Promise<string> {
  const { captured, strace } = await record(entry);
  const conversation = new Conversation();
  const told = captured.map((datagram) => conversation.take(datagram));
  // The namespace hears others', too.
  const found = told.find((one) => entry.show(one) && straceOf(strace, one) !== undefined);
  if (!found) throw new Error(`${entry.command}: no such message among ${told.length} datagrams`);
  const untimed = { ...found, captured: { ...found.captured, time: undefined } };
  const fenced = (text: string): string => `\`\`\`text\n${text}\n\`\`\``;
  return [
    `## ${entry.title}`,
    fenced(
      `$ ${words(entry.command)
        .map((word) => (/[ ;]/.test(word) ? `'${word}'` : word))
        .join(" ")}`,
    ),
    "strace:",
    fenced(straceOf(strace, found)!),
    "tshark:",
    fenced(tsharkOf(found.captured)),
    "nlkit:",
    fenced(tree(untimed)),
  ].join("\n\n");
}

const sections: string[] = [];
for (const entry of cases) sections.push(await section(entry));
rmSync(folder, { recursive: true });
const versions = [
  execFileSync("strace", ["--version"], { encoding: "utf8" }).split("\n")[0]!.replace("-- version ", ""),
  execFileSync("tshark", ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
    .split("\n")[0]!
    .replace(/^TShark \(Wireshark\) ([\d.]+).*/, "tshark $1"),
  `Linux ${execFileSync("uname", ["-r"], { encoding: "utf8" }).trim()}`,
];
const page = [
  "# The same message in strace, tshark and nlkit",
  `Ten messages, each recorded once with \`strace -v\` and an nlmon device (${versions.join(", ")}). \`scripts/side-by-side.ts\` records them and writes this page.`,
  ...sections,
].join("\n\n");
writeFileSync(process.argv[2] ?? "docs/side-by-side.md", `${page}\n`);
