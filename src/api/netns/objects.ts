import { Addrs } from "../addr/addr.ts";
import { Fdb } from "../fdb/fdb.ts";
import { Links } from "../link/link.ts";
import { Neighs } from "../neigh/neigh.ts";
import { Routes } from "../route/route.ts";
import type { Session } from "../session.ts";

/** What is in a namespace, with iproute2's verbs. */
export class NetnsObjects {
  readonly link: Links;
  readonly addr: Addrs;
  readonly route: Routes;
  readonly neigh: Neighs;
  readonly fdb: Fdb;

  constructor(session: Session) {
    this.link = new Links(session);
    this.addr = new Addrs(session);
    this.route = new Routes(session);
    this.neigh = new Neighs(session);
    this.fdb = new Fdb(session);
  }
}
