/** Virtual functions, of a simulated device. */
import { existsSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { VfSettings } from "../../../src/index.ts";
import { failureOf, type Json, stage } from "../support/observer.ts";

const on = stage("vf");
const bus = "/sys/bus/netdevsim";
const none = existsSync(bus) ? "" : " (skipped: this kernel has no netdevsim)";
const id = 2000 + (process.pid % 1000);
let dev = "";

const sh = async (command: string) => {
  const { exitCode, stderr } = await on.ns.exec("sh", ["-c", command]);
  expect([exitCode, stderr]).toEqual([0, ""]);
};
const printed = (): Json[] =>
  on.observer.ipJson(`-s link show ${dev}`)[0]!.vfinfoList.map(({ linkType: _, ...vf }: Json) => vf);
const seen = async () => (await on.ns.link.get(dev)).vfinfoList!;

const cases: [settings: VfSettings, ip: string][] = [
  [{ vf: 0, address: "02:00:00:00:00:10" }, "vf 0 mac 02:00:00:00:00:10"],
  [{ vf: 0, vlanList: [{ vlan: 100, qos: 3 }] }, "vf 0 vlan 100 qos 3"],
  [{ vf: 1, vlanList: [{ vlan: 200, qos: 1, protocol: "802.1ad" }] }, "vf 1 vlan 200 qos 1 proto 802.1ad"],
  [{ vf: 1, vlanList: [{}] }, "vf 1 vlan 0"],
  [{ vf: 0, rate: { maxTx: 200, minTx: 20 } }, "vf 0 max_tx_rate 200 min_tx_rate 20"],
  [{ vf: 0, rate: { maxTx: 300 } }, "vf 0 max_tx_rate 300"],
  [{ vf: 0, rate: { minTx: 30 } }, "vf 0 min_tx_rate 30"],
  [{ vf: 1, txRate: 100 }, "vf 1 rate 100"],
  [{ vf: 0, spoofchk: true }, "vf 0 spoofchk on"],
  [{ vf: 0, linkState: "enable" }, "vf 0 state enable"],
  [{ vf: 0, linkState: "disable" }, "vf 0 state disable"],
  [{ vf: 0, trust: true, queryRssEn: true }, "vf 0 trust on query_rss on"],
];

describe.skipIf(none !== "")(`virtual functions${none}`, () => {
  beforeAll(async () => {
    await sh(`echo "${id} 1" > ${bus}/new_device`);
    dev = (await on.ns.link.list()).find((link) => link.parentdev === `netdevsim${id}`)!.ifname;
  });
  afterAll(() => writeFileSync(`${bus}/del_device`, String(id)));

  const fresh = async () => {
    const file = `${bus}/devices/netdevsim${id}/sriov_numvfs`;
    await sh(`echo 0 > ${file}; echo 2 > ${file}`);
  };

  test.each(cases)("%j", async (settings, ip) => {
    await fresh();
    if (settings.rate) on.observer.ip(`link set ${dev} vf 0 max_tx_rate 100 min_tx_rate 10`);
    await on.ns.link.set(dev, { vfinfoList: [settings] });
    const made = printed();
    expect(await seen()).toEqual(made);
    await fresh();
    if (settings.rate) on.observer.ip(`link set ${dev} vf 0 max_tx_rate 100 min_tx_rate 10`);
    on.observer.ip(`link set ${dev} ${ip}`);
    expect(printed()).toEqual(made);
    const { vf, ...rest } = settings;
    if (settings.vlanList?.[0].vlan !== undefined) expect((await seen())[vf]).toMatchObject(rest);
  });

  test("several at once", async () => {
    await fresh();
    await on.ns.link.set(dev, {
      vfinfoList: [
        { vf: 1, address: "02:00:00:00:00:11", spoofchk: false, trust: true },
        { vf: 0, address: "02:00:00:00:00:10", spoofchk: true, trust: false },
      ],
    });
    expect(printed()).toMatchObject([
      { vf: 0, address: "02:00:00:00:00:10", spoofchk: true, trust: false },
      { vf: 1, address: "02:00:00:00:00:11", spoofchk: false, trust: true },
    ]);
    const [link] = (await on.ns.link.list({}, { stats: true })).filter(({ ifname }) => ifname === dev);
    expect(link!.vfinfoList).toEqual(printed());
  });

  test("refusals name the field", async () => {
    const failure = (settings: object) =>
      failureOf(() => on.ns.link.set(dev, { vfinfoList: [settings as VfSettings] }));
    for (const [settings, path] of [
      [{ vf: -1 }, "vf"],
      [{ vf: 0, address: "02:00" }, "address"],
      [{ vf: 0, vlanList: [{ vlan: 4096 }] }, "vlanList[0].vlan"],
      [{ vf: 0, vlanList: [{ qos: 8 }] }, "vlanList[0].qos"],
      [{ vf: 0, vlanList: [{ protocol: "802.1x" }] }, "vlanList[0].protocol"],
      [{ vf: 0, vlanList: [] }, "vlanList"],
      [{ vf: 0, rate: { maxTx: -1, minTx: 0 } }, "rate.maxTx"],
      [{ vf: 0, spoofchk: 1 }, "spoofchk"],
      [{ vf: 0, linkState: "up" }, "linkState"],
      [{ vf: 0, nodeGuid: "00:11" }, "nodeGuid"],
      [{ vf: 0, mac: "02:00:00:00:00:10" }, "mac"],
    ] as const)
      expect(await failure(settings)).toMatchObject({ name: "InputError", path: `vfinfoList[0].${path}` });
    expect(await failure({ vf: 9, trust: true })).toMatchObject({ name: "KernelError", code: "EINVAL" });
    expect(await failure({ vf: 0, nodeGuid: "00:11:22:33:44:55:66:77" })).toMatchObject({
      code: "EOPNOTSUPP",
    });
  });
});

test("a link without them refuses", async () => {
  const failure = failureOf(() => on.ns.link.set("lo", { vfinfoList: [{ vf: 0, trust: true }] }));
  expect(await failure).toMatchObject({ name: "KernelError", code: "EOPNOTSUPP" });
});
