import { TcActions } from "../action/action.ts";
import { Addrs } from "../addr/addr.ts";
import { Addrlabels } from "../addrlabel/addrlabel.ts";
import { TcChains } from "../chain/chain.ts";
import { TcClasses } from "../class/class.ts";
import { Fdb } from "../fdb/fdb.ts";
import { TcFilters } from "../filter/filter.ts";
import { Links } from "../link/link.ts";
import { Mdb } from "../mdb/mdb.ts";
import { Neighs } from "../neigh/neigh.ts";
import { Netconfs } from "../netconf/netconf.ts";
import { Nexthops } from "../nexthop/nexthop.ts";
import { Ntables } from "../ntable/ntable.ts";
import { Qdiscs } from "../qdisc/qdisc.ts";
import { Routes } from "../route/route.ts";
import { Rules } from "../rule/rule.ts";
import type { Session } from "../session.ts";
import { Stats } from "../stats/stats.ts";
import { Vlans } from "../vlan/vlan.ts";
import { VniFilters } from "../vni/vni.ts";

/** What is in a namespace, with iproute2's verbs. */
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
    this.route = new Routes(session);
    this.neigh = new Neighs(session);
    this.fdb = new Fdb(session);
    this.addrlabel = new Addrlabels(session);
    this.netconf = new Netconfs(session);
    this.nexthop = new Nexthops(session);
    this.rule = new Rules(session);
    this.qdisc = new Qdiscs(session);
    this.class = new TcClasses(session);
    this.filter = new TcFilters(session);
    this.chain = new TcChains(session);
    this.action = new TcActions(session);
    this.mdb = new Mdb(session);
    this.ntable = new Ntables(session);
    this.vni = new VniFilters(session);
    this.vlan = new Vlans(session);
    this.stats = new Stats(session);
  }
}
