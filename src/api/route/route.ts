import { NLM_F_APPEND, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from "../../netlink/constants.ts";
import { InputError } from "../../netlink/errors.ts";
import { KernelError } from "../../netlink/kernel-error.ts";
import type { RequestOptions } from "../../netlink/pending.ts";
import { delRoute, getRoute, listRoutes, newRoute, type Route as RtnlRoute } from "../../rtnl/route/index.ts";
import { refuseEmpty } from "../filter.ts";
import { flushAll } from "../flush.ts";
import { findVrf } from "../link/select.ts";
import { many, type OneOrMany } from "../many.ts";
import { asking } from "../refusal.ts";
import type { Dev, Session } from "../session.ts";
import { routeAdvice } from "./advice.ts";
import { encapLinks } from "./encap/devs.ts";
import { filterWords, type RouteFilter, splitFilter } from "./filter.ts";
import { type RouteQuery, writeQuery } from "./get.ts";
import { type Route, readRoute } from "./read.ts";
import { devsOf, indexIn, type RouteSettings, routePaths, writeRoute } from "./write.ts";

/** Routes of one namespace, with the verbs of ip-route(8). */
export class Routes {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Adds a route, or an array of them in few sends.
   *
   * @throws BatchError elements of an array failed.
   * @throws KernelError `EEXIST` there is one with this `dst`, `tos` and `metric`; `ENETUNREACH`, in IPv6
   *   `EHOSTUNREACH`, the gateway is on no link.
   * @throws InputError with `path`: a value that cannot be sent.
   * @example
   * await ns.route.add({ dst: "default", gateway: "10.0.0.1" });
   * await ns.route.add({ family: "mpls", dst: "100", to: "200/300", via: { family: "inet", host: "10.0.0.2" } });
   * await ns.route.add({ dst: "fd01::/64", dev: "eth0", table: 100, metrics: { mtu: 1400, lock: ["mtu"] } });
   */
  async add(route: OneOrMany<RouteSettings>, options?: RequestOptions): Promise<void> {
    await this.#putAll(route, NLM_F_CREATE | NLM_F_EXCL, options);
  }

  /** Adds a route behind those with the same `dst`; an IPv6 one becomes another of their next hops. */
  async append(route: OneOrMany<RouteSettings>, options?: RequestOptions): Promise<void> {
    await this.#putAll(route, NLM_F_CREATE | NLM_F_APPEND, options);
  }

  /** Adds a route in front of those with the same `dst`, `tos` and `metric`. */
  async prepend(route: OneOrMany<RouteSettings>, options?: RequestOptions): Promise<void> {
    await this.#putAll(route, NLM_F_CREATE, options);
  }

  /**
   * Changes the route that has this `dst`, `tos` and `metric`.
   *
   * @throws KernelError `ENOENT` there is none.
   */
  async change(route: OneOrMany<RouteSettings>, options?: RequestOptions): Promise<void> {
    await this.#putAll(route, NLM_F_REPLACE, options);
  }

  /** Adds a route, or changes the one that has this `dst`, `tos` and `metric`. */
  async replace(route: OneOrMany<RouteSettings>, options?: RequestOptions): Promise<void> {
    await this.#putAll(route, NLM_F_CREATE | NLM_F_REPLACE, options);
  }

  /**
   * Deletes the first route that has all that is given. The table is `main` unless another is given.
   *
   * @throws KernelError `ESRCH` there is none; of an MPLS route that is no error.
   */
  async delete(route: RouteSettings, options?: RequestOptions): Promise<void> {
    await this.#asking(route, async () => {
      const own = await this.#inTable(route, options);
      const indexes = await this.#indexes(own, options);
      await this.#session.client.request(delRoute(writeRoute(own, indexIn(indexes), true)), options);
    });
  }

  /**
   * The route that a packet to `dst`, or one with that MPLS label, takes.
   *
   * @throws KernelError `ENETUNREACH`, `EHOSTUNREACH`, `EINVAL`, `EACCES`: none, or an unreachable, blackhole or
   *   prohibit route.
   */
  async get(dst: string, query: RouteQuery = {}, options?: RequestOptions): Promise<Route> {
    return asking({ dst, ...query }, routePaths, async () => {
      const index = (dev: Dev | undefined, field: string) =>
        dev === undefined ? undefined : this.#session.indexOf(dev, field, options);
      const { iif, dev, vrf } = query;
      if (vrf !== undefined && dev !== undefined) throw new InputError("vrf", "either a VRF or a link", vrf);
      const out =
        vrf === undefined ? await index(dev, "dev") : (await findVrf(this.#session, vrf, options)).ifindex;
      const indexes = { iif: await index(iif, "iif"), dev: out };
      const route = await this.#session.client.request(getRoute(writeQuery(dst, query, indexes)), options);
      return readRoute(route!, await this.#session.namesOf(linksOf(route!), options));
    });
  }

  /**
   * Routes of table `main`, or those that the filter lets through, of both families of IP; those of MPLS are asked for. A table without routes is empty.
   */
  async list(filter: RouteFilter = {}, options?: RequestOptions): Promise<Route[]> {
    return asking(filter, routePaths, async () => {
      const [routes, names] = await Promise.all([this.#find(filter, options), this.#session.names(options)]);
      return routes.map((route) => readRoute(route, names));
    });
  }

  /**
   * Deletes the routes that the filter lets through, of table `main` unless it names another.
   *
   * @throws InputError an empty filter, or the cache.
   */
  async flush(filter: RouteFilter, options?: RequestOptions): Promise<void> {
    await asking(filter, routePaths, async () => {
      refuseEmpty(filter, filterWords);
      if (filter.table === "cache") throw new InputError("table", "a table; the cache is none", filter.table);
      await flushAll(
        this.#session.client,
        () => this.#find(filter, options),
        (route) => delRoute(keyOf(route)),
        "ESRCH",
        options,
      );
    });
  }

  /** The same with a VRF's table in place of the VRF. */
  async #inTable<T extends { vrf?: Dev; table?: string | number }>(
    given: T,
    options: RequestOptions | undefined,
  ): Promise<T> {
    const { vrf, ...rest } = given;
    if (vrf === undefined) return given;
    if (given.table !== undefined) throw new InputError("vrf", "either a VRF or a table", vrf);
    const { table } = await findVrf(this.#session, vrf, options);
    return { ...rest, table } as T;
  }

  async #find(given: RouteFilter, options: RequestOptions | undefined): Promise<RtnlRoute[]> {
    const filter = await this.#inTable(given, options);
    const { request, test } = splitFilter(filter);
    const { dev } = filter;
    const oif = dev === undefined ? undefined : await this.#session.indexOf(dev, "dev", options);
    try {
      const routes = await this.#session.client.list(listRoutes({ ...request, oif }), options);
      // As `ip` has it: a VRF's own table holds what other routes have in table `local`.
      const isOwn = ({ rtmType }: RtnlRoute) => rtmType === "local" || rtmType === "broadcast";
      const hides = given.vrf !== undefined && given.type === undefined;
      return routes.filter((route) => test(route) && !(hides && isOwn(route)));
    } catch (error) {
      // The kernel makes a table with its first route.
      if (error instanceof KernelError && error.code === "ENOENT" && filter.table !== undefined) return [];
      throw error;
    }
  }

  async #putAll(
    route: OneOrMany<RouteSettings>,
    flags: number,
    options: RequestOptions | undefined,
  ): Promise<void> {
    await many(this.#session, route, (session, one) => new Routes(session).#put(one, flags, options));
  }

  async #put(route: RouteSettings, flags: number, options: RequestOptions | undefined): Promise<void> {
    await this.#asking(route, async () => {
      const own = await this.#inTable(route, options);
      const indexes = await this.#indexes(own, options);
      await this.#session.client.request(newRoute(writeRoute(own, indexIn(indexes)), flags), options);
    });
  }

  async #asking(route: RouteSettings, request: () => Promise<void>): Promise<void> {
    await asking(route, routePaths, request, (error) => routeAdvice(error, route));
  }

  /** Indexes of the links that the route names. */
  async #indexes(
    route: RouteSettings,
    options: RequestOptions | undefined,
  ): Promise<ReadonlyMap<string, number>> {
    const indexes = new Map<string, number>();
    for (const [dev, field] of devsOf(route)) {
      if (!indexes.has(dev)) indexes.set(dev, await this.#session.indexOf(dev, field, options));
    }
    return indexes;
  }
}

/** The links that a route mentions. */
function linksOf(route: RtnlRoute): (number | undefined)[] {
  const hops = route.multipath?.flatMap((hop) => [hop.rtnhIfindex, ...encapLinks(hop)]) ?? [];
  return [route.oif, route.iif, ...encapLinks(route), ...hops];
}

/** What tells a route from all others. */
function keyOf(route: RtnlRoute): Partial<RtnlRoute> {
  const { rtmFamily, rtmDstLen, rtmSrcLen, rtmTos, rtmTable, rtmProtocol, rtmScope, rtmType } = route;
  const { dst, src, priority, table, nhId, gateway, via, oif, multipath } = route;
  const key = { rtmFamily, rtmDstLen, rtmSrcLen, rtmTos, rtmTable, rtmProtocol, rtmScope, rtmType };
  const hops = nhId === undefined ? { gateway, via, oif, multipath } : { nhId };
  return { ...key, dst, src, priority, table, ...hops };
}
