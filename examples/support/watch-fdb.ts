/** What a bridge, or a VXLAN, learns, as it learns it. */
import type { Netns } from "nlkit";
import { type Neigh, RTNLGRP_NEIGH } from "nlkit/rtnl";
import { style } from "./terminal.ts";

export interface Learnt {
  readonly mac: string;
  readonly ifname: string;
  /** The far end, where a VXLAN learnt it. */
  readonly dst: string | undefined;
}

/** Prints and keeps every dynamic entry that comes into a forwarding database, until it is disposed. */
export function watchFdb(netns: Netns, who: string): { readonly learnt: Learnt[] } & AsyncDisposable {
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
    async [Symbol.asyncDispose]() {
      await notifications[Symbol.asyncDispose]();
      await reading;
    },
  };
}

const isDynamic = ({ ndmState }: Neigh): boolean =>
  !ndmState.includes("permanent") && !ndmState.includes("noarp");
