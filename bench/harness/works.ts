/** What is measured, and on how many objects. */

/** Objects that must be there beside the links that routes need. */
export interface Data {
  readonly kind: "route4" | "route6" | "link" | "none";
  readonly n: number;
}

export interface Work {
  readonly workload: string;
  readonly n: number;
  readonly title: string;
  readonly data: Data;
  /** What the floor does instead, where its own way would not be the same work. */
  readonly floor?: string;
}

/** How many of each; of routes and links several, the largest last. */
export interface Sizes {
  readonly routes: readonly number[];
  readonly routes6: number;
  readonly links: readonly number[];
  readonly changes: number;
  readonly gets: number;
  readonly notifications: number;
  readonly containers: number;
  readonly codec: number;
}

/** The sizes that the targets are set for. */
export const FULL: Sizes = {
  routes: [1_000, 100_000, 1_000_000],
  routes6: 100_000,
  links: [1_000, 4_000],
  changes: 100_000,
  gets: 10_000,
  notifications: 100_000,
  containers: 200,
  codec: 1_000_000,
};

export const QUICK: Sizes = {
  routes: [1_000, 20_000],
  routes6: 5_000,
  links: [200],
  changes: 5_000,
  gets: 1_000,
  notifications: 5_000,
  containers: 10,
  codec: 50_000,
};

const NONE: Data = { kind: "none", n: 0 };

const count = (n: number) => (n >= 1_000_000 ? `${n / 1_000_000}M` : n.toLocaleString("en-US"));

export function worksOf(sizes: Sizes): Work[] {
  const work = (data: Data, workload: string, n: number, title: string, floor?: string): Work => ({
    workload,
    n,
    title: `${count(n)} ${title}`,
    data,
    ...(floor && { floor }),
  });
  const recordedRoutes: Data = { kind: "route4", n: sizes.routes[1]! };
  const recordedLinks: Data = { kind: "link", n: sizes.links[0]! };
  return [
    ...sizes.routes.flatMap((n) => [
      work({ kind: "route4", n }, "route4-stream", n, "IPv4 routes, streamed, `dst` and `oif` read"),
      work({ kind: "route4", n }, "route4-kept", n, "IPv4 routes, collected, nothing read"),
      work({ kind: "route4", n }, "route4", n, "IPv4 routes, collected, `dst` and `oif` of each read"),
    ]),
    work({ kind: "route6", n: sizes.routes6 }, "route6", sizes.routes6, "IPv6 routes, collected, both read"),
    ...sizes.links.map((n) => work({ kind: "link", n }, "link", n, "links, collected with every attribute")),
    work(NONE, "add", sizes.changes, "IPv4 routes added"),
    work(NONE, "get", sizes.gets, "gets of one link, awaited one after another"),
    // With the kernel's default buffer the floor would lose most of the notifications.
    work(NONE, "mon", sizes.notifications, "notifications in a burst, default buffer", "monbig"),
    work(NONE, "monbig", sizes.notifications, "notifications in a burst, 64 MiB buffer"),
    work(NONE, "attach", sizes.containers, "containers attached"),
    work(recordedRoutes, "decode-route4", sizes.codec, "IPv4 routes decoded, without a kernel"),
    work(recordedLinks, "decode-link", sizes.codec / 10, "links decoded, without a kernel"),
    work(NONE, "encode-route4", sizes.codec, "additions of IPv4 routes encoded, without a kernel"),
  ];
}
