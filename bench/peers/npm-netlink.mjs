// npm `netlink` on the works of bench/subject.ts: a folder that it resolves from, then the same arguments.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [folder, workload, count] = process.argv.slice(2);
const { createRtNetlink, FlagsNew } = createRequire(`${folder}/`)("netlink");
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

/** Lists: the clock stops before anything is added up. */
const listings = {
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

function clock() {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return { seconds, user: user / 1e6, sys: system / 1e6 };
  };
}

const peakMemory = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);

async function list(listing) {
  const stop = clock();
  const { items, of } = await listing();
  const figures = { ...stop(), rssKiB: peakMemory() };
  const parts = items.map(of).filter((part) => part !== undefined);
  return { ...figures, n: parts.length, checksum: parts.reduce((sum, part) => sum + part, 0) };
}

/** Requests under way at once: each is sent and answered by itself. */
const AT_ONCE = 64;

async function changeRoutes(change) {
  const stop = clock();
  for (let first = 0; first < n; first += AT_ONCE) {
    const length = Math.min(AT_ONCE, n - first);
    await Promise.all(Array.from({ length }, (_, i) => change(first + i)));
  }
  return stop();
}

async function add() {
  const data = {
    family: 2,
    dstLen: 32,
    table: 254,
    protocol: "BOOT",
    scope: "LINK",
    type: "UNICAST",
  };
  const attrs = (i) => ({ dst: Buffer.from([10 + (i >>> 24), i >>> 16, i >>> 8, i]), oif: 10 + (i & 7) });
  const flags = FlagsNew.CREATE | FlagsNew.EXCL;
  const added = await changeRoutes((i) => socket.newRoute(data, attrs(i), { ...options, flags }));
  const { seconds, user, sys } = await changeRoutes((i) => socket.delRoute(data, attrs(i), options));
  const deleted = { delSeconds: seconds, delUser: user, delSys: sys };
  return { ...added, rssKiB: peakMemory(), n, checksum: null, ...deleted };
}

const figures = await (workload === "add" ? add() : list(listings[workload]));
process.stdout.write(`${JSON.stringify({ workload, ...figures })}\n`, () => process.exit(0));
