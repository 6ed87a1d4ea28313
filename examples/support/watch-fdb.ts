/** What a bridge, or a VXLAN, learns, as it learns it. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Netns } from "nlkit";
import { type Neigh, RTNLGRP_NEIGH } from "nlkit/rtnl";
import { style } from "./terminal.ts";

export interface Learnt {
  readonly mac: string;
  readonly ifname: string;
  /** The far end, where a VXLAN learnt it. */
  readonly dst: string | undefined;
}

export interface FdbWatch extends AsyncDisposable {
  readonly learnt: Learnt[];
  /** Whether it has learnt this, waiting a while for it. */
  has(entry: { mac: string; ifname: string; dst?: string }): Promise<boolean>;
}

/** Prints and keeps every dynamic entry that comes into a forwarding database, until it is disposed. */
export function watchFdb(netns: Netns, who: string): FdbWatch {
  const learnt: Learnt[] = [];
  const names = new Map<number, string>();
  const notifications = netns.client.subscribe([RTNLGRP_NEIGH]);
  const reading = (async () => {
    for await (const { type, value } of notifications) {
      const entry = value as Neigh;
      if (type !== "RTM_NEWNEIGH" || entry.ndmFamily !== "bridge" || !isDynamic(entry)) continue;
      if (!names.has(entry.ndmIfindex)) {
        for (const { ifindex, ifname } of await netns.link.list()) names.set(ifindex, ifname);
      }
      const ifname = names.get(entry.ndmIfindex) ?? String(entry.ndmIfindex);
      const said = { mac: entry.lladdr ?? "", ifname, dst: entry.dst };
      if (
        learnt.some(({ mac, ifname, dst }) => mac === said.mac && ifname === said.ifname && dst === said.dst)
      )
        continue;
      learnt.push(said);
      const where = said.dst === undefined ? ifname : `${ifname} dst ${said.dst}`;
      console.log(`    ${style("dim", who)} learnt: ${said.mac} dev ${where}`);
    }
  })();
  return {
    learnt,
    async has({ mac, ifname, dst }) {
      const seen = () =>
        learnt.some((entry) => entry.mac === mac && entry.ifname === ifname && entry.dst === dst);
      for (const end = performance.now() + 5_000; !seen() && performance.now() < end; ) await sleep(20);
      return seen();
    },
    async [Symbol.asyncDispose]() {
      await notifications[Symbol.asyncDispose]();
      await reading;
    },
  };
}

const isDynamic = ({ ndmState }: Neigh): boolean =>
  !ndmState.includes("permanent") && !ndmState.includes("noarp");
