// npm `netlink` on the works of bench/subject.ts: the same arguments and a folder that it resolves from.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [workload, count, folder] = process.argv.slice(2);
const { createRtNetlink } = createRequire(`${folder}/`)("netlink");
const n = Number(count);
const options = { timeout: 600_000 };
const socket = createRtNetlink({ ref: true });

/** One object's part of the checksum, or undefined where it does not count. */
function ofRoute({ data, attrs }) {
  if (attrs.table !== 254 || data.dstLen !== (data.family === 2 ? 32 : 128)) return undefined;
  return attrs.dst.readUInt32BE(attrs.dst.length - 4) + 7 * attrs.oif;
}

const ofLink = ({ data, attrs }) => 7 * data.index + attrs.mtu + attrs.ifname.length;

const dumpRoutes = (family) => socket.getRoutes({ family }, {}, options);

const works = {
  async route4() {
    const routes = await dumpRoutes(2);
    let read = 0;
    for (const { attrs } of routes) if (attrs.dst !== undefined && attrs.oif !== undefined) read++;
    return { items: routes, of: ofRoute, read };
  },
  "route4-kept": async () => ({ items: await dumpRoutes(2), of: ofRoute }),
  route6: async () => ({ items: await dumpRoutes(10), of: ofRoute }),
  link: async () => ({ items: await socket.getLinks({}, {}, options), of: ofLink }),
  async get() {
    const items = [];
    for (let i = 0; i < n; i++) items.push((await socket.getLink({ index: 10 + (i & 7) }, {}, options))[0]);
    return { items, of: ofLink };
  },
};

const cpu = process.cpuUsage();
const start = performance.now();
const { items, of } = await works[workload]();
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(cpu);
const rssKiB = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
const parts = items.map(of).filter((part) => part !== undefined);
const checksum = parts.reduce((sum, part) => sum + part, 0);
const line = { workload, n: parts.length, seconds, user: user / 1e6, sys: system / 1e6, rssKiB, checksum };
process.stdout.write(`${JSON.stringify(line)}\n`, () => process.exit(0));
