/**
 * Writes docs/words.md from the word tables of src/api: `npm run docs:words`. A test compares the file with them.
 */
import { writeFileSync } from "node:fs";
import { actionTable } from "../src/api/action/options.ts";
import { addrPaths } from "../src/api/addr/write.ts";
import { classTable } from "../src/api/class/options.ts";
import { fdbPaths } from "../src/api/fdb/words.ts";
import { filterTable } from "../src/api/filter/options.ts";
import { dataWords } from "../src/api/link/data-words.ts";
import { bridgePortWords, linkPaths } from "../src/api/link/words.ts";
import { mdbPaths } from "../src/api/mdb/write.ts";
import { neighPaths } from "../src/api/neigh/words.ts";
import { nexthopPaths } from "../src/api/nexthop/write.ts";
import { ntableWords } from "../src/api/ntable/ntable.ts";
import { qdiscTable } from "../src/api/qdisc/options.ts";
import { routePaths } from "../src/api/route/write.ts";
import { rulePaths } from "../src/api/rule/write.ts";
import { statsPaths } from "../src/api/stats/words.ts";
import type { KindTable } from "../src/api/tc/options.ts";
import { globalWords } from "../src/api/vlan/words.ts";
import type { Words } from "../src/api/words.ts";

/** The kinds that have other words; those of an action stand beside its `kind`. */
function kindTables(what: string, { translations }: KindTable): (readonly [title: string, words: Words])[] {
  return Object.entries(translations).flatMap(([kind, { paths }]) => {
    const differing = Object.entries(paths).filter(([word, name]) => word !== name);
    return differing.length === 0 ? [] : [[`${what} ${kind}`, Object.fromEntries(differing)] as const];
  });
}

const tables: readonly (readonly [title: string, words: Words])[] = [
  ["Links (`ip -j -d link`)", linkPaths],
  ["Ports of a bridge (`bridge -j -d link`)", bridgePortWords],
  ["Addresses (`ip -j -d addr`)", addrPaths],
  ["Routes (`ip -j -d route`)", routePaths],
  ["Nexthop objects (`ip -j -d nexthop`)", nexthopPaths],
  ["Rules (`ip -j -d rule`)", rulePaths],
  ["Neighbours (`ip -j -d -s neigh`)", neighPaths],
  ["FDB (`bridge -j -d -s fdb`)", fdbPaths],
  ["Multicast database (`bridge -j -d mdb`)", mdbPaths],
  ["VLANs of a bridge (`bridge -j vlan global`)", globalWords],
  ["Statistics (`ip -j stats`)", statsPaths],
  ["Neighbour tables (`ip -j ntable`)", ntableWords],
  ...Object.entries(dataWords).map(([kind, words]) => [`\`data\` of kind ${kind}`, words] as const),
  ...kindTables("`options` of the queueing discipline", qdiscTable),
  ...kindTables("`options` of a class of", classTable),
  ...kindTables("`options` of the filter", filterTable),
  ...kindTables("The action", actionTable),
];

export const file = new URL("../docs/words.md", import.meta.url);

export function wordsPage(): string {
  const parts = [
    "# Words",
    "",
    "`nlkit` has the field names that `ip -j` and `bridge -j` print, in camelCase; `nlkit/rtnl` those of the kernel's",
    "specs, in camelCase too. Most are the same. Where they differ, this table has both; it is made from the tables in",
    "`src/api` (`npm run docs:words`), and there is no third word.",
    "",
    "Values differ too: `nlkit` has link names for indexes, CIDR text for an address with its prefix length, names such",
    "as `main`, `global`, `UP` as iproute2 prints them, flags as booleans or in upper case, and numbers for 64-bit",
    "values (exact up to 2^53), which are bigints in `nlkit/rtnl`.",
    "",
    "Two words of iproute2's listings are not nested here: `linkinfo.info_kind` and `linkinfo.info_data` are `kind` and",
    "`data`, as they are when a link is made (`info_slave_kind`, `info_slave_data`: `slaveKind`, `slaveData`). A VXLAN's",
    "`data` has one `local` and one `group` or `remote` for both address families, and `external` for the kernel's",
    "`collectMetadata`. The peer of an address is `peer` when given and `address` when listed, as in `ip`.",
    'What a route puts around its packets is one object, `encap: { type: "mpls", dst: "100/200" }`, where `ip` prints',
    "those words among the route's own.",
    "",
    "Traffic control has one unit for each quantity, whatever the kernel or `tc -j` has: rates are bits a second (`tc -j`",
    "prints bytes a second), times µs, sizes bytes, chances fractions of 1; taprio, etf and gate keep their ns, cbs its",
    "kbit/s. Handles are text as of `tc`: `1:10`. What is computed stands in several of the kernel's fields, of which the",
    "tables below have one: a `rate` also in the 32-bit field and in the table of costs, a `burst` as the time it takes.",
  ];
  for (const [title, words] of tables) {
    parts.push("", `## ${title}`, "", "| nlkit | nlkit/rtnl |", "| --- | --- |");
    for (const [word, name] of Object.entries(words)) parts.push(`| \`${word}\` | \`${name}\` |`);
  }
  return `${parts.join("\n")}\n`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(file, wordsPage());
}
