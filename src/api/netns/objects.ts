import type { TcActions } from "../action/action.ts";
import { Addrs } from "../addr/addr.ts";
import type { Addrlabels } from "../addrlabel/addrlabel.ts";
import type { TcChains } from "../chain/chain.ts";
import type { TcClasses } from "../class/class.ts";
import type { Fdb } from "../fdb/fdb.ts";
import type { TcFilters } from "../filter/filter.ts";
import { atFirstUse } from "../first-use.ts";
import { Links } from "../link/link.ts";
import type { Mdb } from "../mdb/mdb.ts";
import type { Neighs } from "../neigh/neigh.ts";
import type { Netconfs } from "../netconf/netconf.ts";
import type { Nexthops } from "../nexthop/nexthop.ts";
import type { Ntables } from "../ntable/ntable.ts";
import type { Qdiscs } from "../qdisc/qdisc.ts";
import type { Routes } from "../route/route.ts";
import type { Rules } from "../rule/rule.ts";
import type { Session } from "../session.ts";
import type { Stats } from "../stats/stats.ts";
import type { Vlans } from "../vlan/vlan.ts";
import type { VniFilters } from "../vni/vni.ts";

/** What is in a namespace, with iproute2's verbs: links and addresses are there, the rest comes at its first use. */
export class NetnsObjects {
  readonly link: Links;
  readonly addr: Addrs;
  readonly route: Routes;
  readonly neigh: Neighs;
  readonly fdb: Fdb;
  readonly addrlabel: Addrlabels;
  readonly netconf: Netconfs;
  readonly nexthop: Nexthops;
  readonly rule: Rules;
  readonly qdisc: Qdiscs;
  readonly class: TcClasses;
  readonly filter: TcFilters;
  readonly chain: TcChains;
  readonly action: TcActions;
  readonly mdb: Mdb;
  readonly ntable: Ntables;
  readonly vni: VniFilters;
  readonly vlan: Vlans;
  readonly stats: Stats;

  constructor(session: Session) {
    this.link = new Links(session);
    this.addr = new Addrs(session);
    this.route = atFirstUse(async () => new (await import("../route/route.ts")).Routes(session));
    this.neigh = atFirstUse(async () => new (await import("../neigh/neigh.ts")).Neighs(session));
    this.fdb = atFirstUse(async () => new (await import("../fdb/fdb.ts")).Fdb(session));
    this.addrlabel = atFirstUse(
      async () => new (await import("../addrlabel/addrlabel.ts")).Addrlabels(session),
    );
    this.netconf = atFirstUse(async () => new (await import("../netconf/netconf.ts")).Netconfs(session));
    this.nexthop = atFirstUse(async () => new (await import("../nexthop/nexthop.ts")).Nexthops(session));
    this.rule = atFirstUse(async () => new (await import("../rule/rule.ts")).Rules(session));
    this.qdisc = atFirstUse(async () => new (await import("../tc/objects.ts")).Qdiscs(session));
    this.class = atFirstUse(async () => new (await import("../tc/objects.ts")).TcClasses(session));
    this.filter = atFirstUse(async () => new (await import("../tc/objects.ts")).TcFilters(session));
    this.chain = atFirstUse(async () => new (await import("../tc/objects.ts")).TcChains(session));
    this.action = atFirstUse(async () => new (await import("../tc/objects.ts")).TcActions(session));
    this.mdb = atFirstUse(async () => new (await import("../mdb/mdb.ts")).Mdb(session));
    this.ntable = atFirstUse(async () => new (await import("../ntable/ntable.ts")).Ntables(session));
    this.vni = atFirstUse(async () => new (await import("../vni/vni.ts")).VniFilters(session));
    this.vlan = atFirstUse(async () => new (await import("../vlan/vlan.ts")).Vlans(session));
    this.stats = atFirstUse(async () => new (await import("../stats/stats.ts")).Stats(session));
  }
}
