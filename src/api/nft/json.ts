/** The objects, statements and expressions of nft, as `nft -j` prints them (libnftables-json(5)). */
import type { Expr } from "../../nft/index.ts";
import type { DatatypeName, Scalar } from "./datatypes.ts";

export type NftFamily = "ip" | "ip6" | "inet" | "arp" | "bridge" | "netdev";

export interface NftTable {
  family: NftFamily;
  name: string;
  /** The kernel's number of it. */
  handle?: number;
  flags?: string[];
}

export interface NftChain {
  family: NftFamily;
  table: string;
  name: string;
  handle?: number;
  /** Of a base chain: `filter`, `nat` or `route`. */
  type?: string;
  /** Of a base chain: `prerouting`, `input`, `forward`, `output`, `postrouting`, `ingress`, `egress`. */
  hook?: string;
  /** Of a base chain: lower ones come first. */
  prio?: number;
  /** Of a base chain: what becomes of packets that no rule decides on. Default `accept`. */
  policy?: "accept" | "drop";
  /** Links, of the hooks ingress and egress. */
  dev?: string | string[];
}

export interface NftRule {
  family: NftFamily;
  table: string;
  chain: string;
  handle?: number;
  /** Handle of the rule that a new one goes behind, or with `insert` in front of. */
  position?: number;
  comment?: string;
  /** Statements; an expression that has no statement here stands as `{ name, data }` of `nlkit/nft`. */
  expr: Statement[];
}

export interface NftSet {
  family: NftFamily;
  table: string;
  name: string;
  handle?: number;
  /** What its elements are; several for one that is made of parts. */
  type: DatatypeName | DatatypeName[];
  flags?: ("constant" | "interval" | "timeout" | "dynamic")[];
  /** Seconds. */
  timeout?: number;
  /** At most this many elements. */
  size?: number;
  elem?: NftElement[];
}

export interface NftMap extends NftSet {
  /** What its values are; `verdict` for statements. */
  map: DatatypeName | "verdict";
}

/** Elements to be put into a set, or taken out. */
export interface NftElements {
  family: NftFamily;
  table: string;
  name: string;
  elem: NftElement[];
}

/** One object, under its kind. */
export type NftObject =
  | { table: NftTable }
  | { chain: NftChain }
  | { rule: NftRule }
  | { set: NftSet }
  | { map: NftMap }
  | { element: NftElements };

/** What tells an object from others: its names, of a rule the handle. */
export type NftKey =
  | { table: Pick<NftTable, "family" | "name"> }
  | { chain: Pick<NftChain, "family" | "table" | "name"> }
  | { rule: Pick<NftRule, "family" | "table" | "chain"> & { handle: number } }
  | { set: Pick<NftSet, "family" | "table" | "name"> }
  | { map: Pick<NftSet, "family" | "table" | "name"> }
  | { element: NftElements };

export type Selector =
  | { payload: { protocol: string; field: string } }
  | { meta: { key: string } }
  | { ct: { key: string; dir?: "original" | "reply" } };

/** What a match looks at: one thing, some bits of it, or several things at once. */
export type Left = Selector | { "&": [Selector, Scalar | Scalar[]] } | { concat: Selector[] };

export type Part = Scalar | { prefix: { addr: string; len: number } } | { range: [Scalar, Scalar] };
/** An element of a set: a value, or several parts. */
export type Key = Part | { concat: Part[] };
/** Of a map: the key, and the value or verdict that it stands for. */
export type NftElement = Key | [Key, Scalar | Verdict];

/** What is compared with: a value, an interval, bits, elements of a set, or `@name` of one. */
export type Right = Key | Scalar[] | { set: NftElement[] };

export type Verdict =
  | { accept: null }
  | { drop: null }
  | { continue: null }
  | { return: null }
  | { jump: { target: string } }
  | { goto: { target: string } };

export type Operator = "==" | "!=" | "<" | ">" | "<=" | ">=" | "in";

/** Looks a key up in a map: an anonymous one, or `@name`. */
export interface MapExpression {
  key: Left;
  data: { set: NftElement[] } | string;
}

export interface NatStatement {
  addr?:
    | string
    | { prefix: { addr: string; len: number } }
    | { range: [string, string] }
    | { map: MapExpression };
  port?: number | { range: [number, number] };
  /** Of a table for both: which the address is of. */
  family?: "ip" | "ip6";
  flags?: string | string[];
}

export type Statement =
  | { match: { op: Operator; left: Left; right: Right } }
  | Verdict
  | { counter: { packets: number; bytes: number } | null }
  | { vmap: MapExpression }
  | { mangle: { key: Selector; value: Scalar | Selector | { map: MapExpression } } }
  | {
      limit: {
        rate: number;
        per: string;
        burst?: number;
        /** `packets`, or `bytes`, `kbytes`, `mbytes`. */
        rate_unit?: string;
        burst_unit?: string;
        inv?: boolean;
      };
    }
  | {
      log: {
        prefix?: string;
        level?: string;
        group?: number;
        snaplen?: number;
        "queue-threshold"?: number;
        flags?: string | string[];
      } | null;
    }
  | { reject: { type: string; expr?: string } | null }
  | { masquerade: Pick<NatStatement, "port" | "flags"> | null }
  | { redirect: Pick<NatStatement, "port" | "flags"> | null }
  | { snat: NatStatement }
  | { dnat: NatStatement }
  | { notrack: null }
  | { queue: { num?: number | { range: [number, number] }; flags?: string | string[] } | null }
  | Expr;
