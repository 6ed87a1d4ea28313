/** Statements of a rule → the expressions of nf_tables. */
import { InputError } from "../../netlink/errors.ts";
import type { Nfproto } from "../../nfnetlink/index.ts";
import type { NatRangeFlag } from "../../nft/expressions/nat-range-flags.ts";
import type { Expr, Register } from "../../nft/index.ts";
import { type Datatype, type DatatypeName, datatypes, numberOf, type Scalar } from "./datatypes.ts";
import {
  bitsOf,
  boundsOf,
  concatenated,
  hasIntervals,
  isInterval,
  partsOf,
  prefixMask,
  type ValueType,
} from "./elements.ts";
import type {
  Key,
  Left,
  MapExpression,
  NatStatement,
  NftElement,
  NftFamily,
  Operator,
  Part,
  Right,
  Selector,
  Statement,
} from "./json.ts";
import { registerAt, wordsFor } from "./registers.ts";
import { ctKeys, headerProtocols, metaKeys } from "./selectors.ts";
import { writeLimit, writeLog, writeQueue } from "./single.ts";
import { natFlags, rejectTypes } from "./statement-words.ts";
import { isVerdict, writeVerdict } from "./verdict.ts";

/** What a rule is written for. */
export interface RuleContext {
  readonly family: NftFamily;
  /** The index of a link, by its name. */
  indexOf(dev: string): number | undefined;
  /** Makes a set without a name for the rule, and returns its id in the batch. */
  addSet(set: AnonymousSet): number;
}

export interface AnonymousSet {
  readonly types: readonly Datatype[];
  readonly value: ValueType;
  readonly interval: boolean;
  readonly elements: readonly NftElement[];
  readonly path: string;
}

/** A value in registers, and what it is. */
interface Loaded {
  readonly register: Register;
  readonly types: readonly Datatype[];
  readonly mask?: Uint8Array;
}

const comparisons: Readonly<Record<Exclude<Operator, "in">, "eq" | "neq" | "lt" | "gt" | "lte" | "gte">> = {
  "==": "eq",
  "!=": "neq",
  "<": "lt",
  ">": "gt",
  "<=": "lte",
  ">=": "gte",
};

/** @throws InputError with the path of what cannot be written. */
export function writeStatements(statements: readonly Statement[], context: RuleContext): Expr[] {
  const writer = new RuleWriter(context);
  for (const [index, statement] of statements.entries()) writer.statement(statement, `expr[${index}]`);
  return writer.expressions;
}

class RuleWriter {
  readonly expressions: Expr[] = [];
  readonly #context: RuleContext;
  /** What the rule has made sure of, so that headers may be looked at. */
  readonly #known = new Map<string, string>();

  constructor(context: RuleContext) {
    this.#context = context;
    if (context.family === "ip") this.#known.set("nfproto", "ipv4");
    if (context.family === "ip6") this.#known.set("nfproto", "ipv6");
  }

  #push(name: string, data: object): void {
    this.expressions.push({ name, data } as Expr);
  }

  statement(statement: Statement, path: string): void {
    if (isVerdict(statement)) {
      this.#push("immediate", { dreg: "reg-verdict", data: { verdict: writeVerdict(statement) } });
    } else if ("match" in statement) this.#match(statement.match, `${path}.match`);
    else if ("counter" in statement) {
      const { packets = 0, bytes = 0 } = statement.counter ?? {};
      this.#push("counter", { packets: BigInt(packets), bytes: BigInt(bytes) });
    } else if ("vmap" in statement) this.#vmap(statement.vmap, `${path}.vmap`);
    else if ("mangle" in statement) this.#mangle(statement.mangle, `${path}.mangle`);
    else if ("limit" in statement) this.#push("limit", writeLimit(statement.limit, `${path}.limit`));
    else if ("log" in statement) this.#push("log", writeLog(statement.log ?? {}, `${path}.log`));
    else if ("reject" in statement) this.#reject(statement.reject, `${path}.reject`);
    else if ("masquerade" in statement) {
      this.#push("masq", this.#ports(statement.masquerade ?? {}, 0, `${path}.masquerade`));
    } else if ("redirect" in statement) {
      this.#push("redir", this.#ports(statement.redirect ?? {}, 0, `${path}.redirect`));
    } else if ("snat" in statement) this.#nat("snat", statement.snat, `${path}.snat`);
    else if ("dnat" in statement) this.#nat("dnat", statement.dnat, `${path}.dnat`);
    else if ("notrack" in statement) this.#push("notrack", {});
    else if ("queue" in statement) this.#push("queue", writeQueue(statement.queue ?? {}, `${path}.queue`));
    else if ("name" in statement) this.expressions.push(statement);
    else throw new InputError(path, "a statement of nft, or { name, data } of an expression", statement);
  }

  #match({ op, left, right }: { op: Operator; left: Left; right: Right }, path: string): void {
    const loaded = this.#load(left, path, 0);
    const at = `${path}.right`;
    if (typeof right === "string" && right.startsWith("@")) {
      this.#lookup(loaded, { set: right.slice(1) }, op, path);
    } else if (typeof right === "object" && "set" in right) {
      const { types } = loaded;
      const interval = hasIntervals(right.set);
      const setId = this.#context.addSet({
        types,
        value: undefined,
        interval,
        elements: right.set,
        path: at,
      });
      this.#lookup(loaded, { set: "__set%d", setId }, op, path);
    } else this.#compare(loaded, op, right, at);
    this.#remember(op, left, right);
  }

  #lookup(loaded: Loaded, set: { set: string; setId?: number }, op: Operator, path: string): void {
    if (op !== "==" && op !== "!=" && op !== "in") throw new InputError(`${path}.op`, "==, != or in", op);
    this.#push("lookup", { ...set, sreg: loaded.register, ...(op === "!=" && { flags: ["invert"] }) });
  }

  #compare({ register, types, mask }: Loaded, op: Operator, right: Key | Scalar[], path: string): void {
    const [type] = types as [Datatype];
    const cmp = (word: string, value: Uint8Array) =>
      this.#push("cmp", { sreg: register, op: word, data: { value } });
    if (types.length > 1) {
      const parts = partsOf(right as Key);
      if (parts.length !== types.length || parts.some(isInterval))
        throw new InputError(path, `{ concat } of ${types.length} values, or a set`, right);
      const values = parts.map((part, number) => types[number]!.parse(part as Scalar, path));
      cmp(comparison(op, path), concatenated(values));
    } else if (Array.isArray(right) || (op === "in" && !isInterval(right as Part))) {
      const bits = bitsOf(right as Scalar | Scalar[], type, path);
      if (op === "in") {
        this.#mask(register, bits);
        cmp("neq", new Uint8Array(type.size));
      } else cmp(comparison(op, path), bits);
    } else if (isInterval(right as Part))
      this.#interval(register, type, op, right as Exclude<Part, Scalar>, path);
    else {
      const value = this.#value(right as Scalar, type, path);
      const word = comparison(op, path);
      const ordered = word !== "eq" && word !== "neq";
      if (ordered && type.host) this.#toNetwork(register, type);
      cmp(
        word,
        ordered && type.host ? networkOrder(value, type) : mask ? value.subarray(0, mask.length) : value,
      );
    }
  }

  #interval(
    register: Register,
    type: Datatype,
    op: Operator,
    part: Exclude<Part, Scalar>,
    path: string,
  ): void {
    const word = comparison(op, path);
    if (word !== "eq" && word !== "neq")
      throw new InputError(path, "a single value with this operator", part);
    if ("prefix" in part) {
      const { from } = boundsOf(part, type, path);
      this.#mask(register, prefixMask(part.prefix.len, type.size, `${path}.prefix.len`));
      this.#push("cmp", { sreg: register, op: word, data: { value: from } });
      return;
    }
    const bounds = boundsOf(part, type, path);
    if (type.host) this.#toNetwork(register, type);
    const [from, to] = type.host
      ? [networkOrder(bounds.from, type), networkOrder(bounds.to, type)]
      : [bounds.from, bounds.to];
    this.#push("range", { sreg: register, op: word, fromData: { value: from }, toData: { value: to } });
  }

  /** Comparisons by size are of bytes: numbers of the host's order are turned first. */
  #toNetwork(register: Register, { size }: Datatype): void {
    this.#push("byteorder", { sreg: register, dreg: register, op: "hton", len: size, size });
  }

  #mask(register: Register, mask: Uint8Array): void {
    const len = mask.length;
    const data = { mask: { value: mask }, xor: { value: new Uint8Array(len) } };
    this.#push("bitwise", { sreg: register, dreg: register, len, op: "mask-xor", ...data });
  }

  #value(value: Scalar, type: Datatype, path: string): Uint8Array {
    if (type !== datatypes.iface_index || typeof value !== "string") return type.parse(value, path);
    const index = this.#context.indexOf(value);
    if (index === undefined) throw new InputError(path, "the name of a link", value);
    return type.parse(index, path);
  }

  #load(left: Left, path: string, word: number): Loaded {
    if ("concat" in left) {
      // What must be asked first is asked in the register that the first part then takes.
      for (const [index, selector] of left.concat.entries()) {
        if ("payload" in selector && selector.payload.protocol in headerProtocols)
          this.#require(selector.payload.protocol, `${path}.left.concat[${index}]`);
      }
      let at = word;
      const types = left.concat.map((selector, index) => {
        const type = this.#select(selector, registerAt(at), `${path}.left.concat[${index}]`);
        at += wordsFor(type.size);
        return type;
      });
      return { register: registerAt(word), types };
    }
    const register = registerAt(word);
    if ("&" in left) {
      const [selector, bits] = left["&"];
      const type = this.#select(selector, register, `${path}.left.&[0]`);
      const mask = bitsOf(bits, type, `${path}.left.&[1]`);
      this.#mask(register, mask);
      return { register, types: [type], mask };
    }
    return { register, types: [this.#select(left, register, `${path}.left`)] };
  }

  #select(selector: Selector, dreg: Register, path: string): Datatype {
    if ("payload" in selector) {
      const { protocol, field } = selector.payload;
      const found = headerProtocols[protocol];
      if (!found)
        throw new InputError(
          `${path}.payload.protocol`,
          `one of ${Object.keys(headerProtocols).join(", ")}`,
          protocol,
        );
      const [offset, type] = found.fields[field] ?? [];
      if (offset === undefined || !type)
        throw new InputError(
          `${path}.payload.field`,
          `one of ${Object.keys(found.fields).join(", ")}`,
          field,
        );
      this.#require(protocol, path);
      this.#push("payload", { dreg, base: found.base, offset, len: type.size });
      return type;
    }
    if ("meta" in selector) {
      const [key, type] = metaKeys[selector.meta.key] ?? [];
      if (!key || !type)
        throw new InputError(
          `${path}.meta.key`,
          `one of ${Object.keys(metaKeys).join(", ")}`,
          selector.meta.key,
        );
      this.#push("meta", { dreg, key });
      return type;
    }
    if ("ct" in selector) {
      const [key, type, directed] = ctKeys[selector.ct.key] ?? [];
      if (!key || !type)
        throw new InputError(`${path}.ct.key`, `one of ${Object.keys(ctKeys).join(", ")}`, selector.ct.key);
      const { dir } = selector.ct;
      if (dir !== undefined && !directed)
        throw new InputError(`${path}.ct.dir`, `nothing with ${selector.ct.key}`, dir);
      this.#push("ct", { dreg, key, ...(dir && { direction: dir }) });
      return type;
    }
    throw new InputError(path, "{ payload }, { meta } or { ct }", selector);
  }

  /** Fields of a header mean nothing before it is known that the packet has it. */
  #require(protocol: string, path: string): void {
    const { nfproto, l4proto, base } = headerProtocols[protocol]!;
    if (nfproto) this.#ensure("nfproto", nfproto, path);
    if (l4proto) this.#ensure("l4proto", l4proto, path);
    if (base === "link-layer-header" && !["bridge", "netdev"].includes(this.#context.family)) {
      this.#ensure("iiftype", "ether", path);
    }
  }

  #ensure(key: "nfproto" | "l4proto" | "iiftype", value: string, path: string): void {
    const known = this.#known.get(key);
    if (known === value) return;
    if (known !== undefined && key !== "l4proto")
      throw new InputError(path, `a header that comes with ${key} ${known}`, value);
    this.#known.set(key, value);
    const isBridge = key === "nfproto" && ["bridge", "netdev"].includes(this.#context.family);
    const [name, asked] = isBridge ? ["protocol", value === "ipv4" ? "ip" : "ip6"] : [key, value];
    const [kernel, type] = metaKeys[name]!;
    this.#push("meta", { dreg: "reg-1", key: kernel });
    this.#push("cmp", { sreg: "reg-1", op: "eq", data: { value: type.parse(asked, path) } });
  }

  #remember(op: Operator, left: Left, right: Right): void {
    if (op !== "==" || typeof right !== "string" || !("meta" in left)) return;
    const { key } = left.meta;
    if (key === "nfproto" || key === "l4proto" || key === "iiftype") this.#known.set(key, right);
  }

  #vmap({ key, data }: MapExpression, path: string): void {
    this.#mapped({ key, data }, "verdict", "reg-verdict", path);
  }

  #mapped(
    { key, data }: MapExpression,
    value: Exclude<ValueType, undefined>,
    dreg: Register,
    path: string,
  ): void {
    const { register: sreg, types } = this.#load(key, path, 0);
    if (typeof data === "string") {
      this.#push("lookup", { set: data.replace(/^@/, ""), sreg, dreg });
      return;
    }
    const interval = hasIntervals(data.set);
    const setId = this.#context.addSet({
      types,
      value,
      interval,
      elements: data.set,
      path: `${path}.data.set`,
    });
    this.#push("lookup", { set: "__map%d", setId, sreg, dreg });
  }

  #mangle({ key, value }: Extract<Statement, { mangle: unknown }>["mangle"], path: string): void {
    const [kernel, type] =
      "meta" in key ? (metaKeys[key.meta.key] ?? []) : "ct" in key ? (ctKeys[key.ct.key] ?? []) : [];
    if (!kernel || !type) throw new InputError(`${path}.key`, "{ meta } or { ct } of a known key", key);
    if (typeof value === "object" && "map" in value)
      this.#mapped(value.map, type, "reg-1", `${path}.value.map`);
    else if (typeof value === "object") this.#select(value, "reg-1", `${path}.value`);
    else {
      const data = {
        value: type.bits ? bitsOf(value, type, `${path}.value`) : this.#value(value, type, `${path}.value`),
      };
      this.#push("immediate", { dreg: "reg-1", data });
    }
    this.#push("meta" in key ? "meta" : "ct", { sreg: "reg-1", key: kernel });
  }

  #nat(type: "snat" | "dnat", nat: NatStatement, path: string): void {
    const known = this.#known.get("nfproto");
    const family: Nfproto | undefined =
      nat.family === "ip" ? "ipv4" : nat.family === "ip6" ? "ipv6" : (known as Nfproto | undefined);
    if (nat.addr !== undefined && family === undefined)
      throw new InputError(`${path}.family`, "ip or ip6 in a table for both", nat.family);
    const address = datatypes[`${family ?? "ipv4"}_addr` as DatatypeName];
    const addresses: { regAddrMin?: Register; regAddrMax?: Register } = {};
    let word = 0;
    if (nat.addr !== undefined) {
      addresses.regAddrMin = registerAt(0);
      if (typeof nat.addr === "object" && "map" in nat.addr) {
        this.#mapped(nat.addr.map, address, registerAt(0), `${path}.addr.map`);
        word = 4;
      } else {
        const { from, to } = boundsOf(nat.addr as Part, address, `${path}.addr`);
        this.#push("immediate", { dreg: registerAt(0), data: { value: from } });
        word = 4;
        if (from.some((byte, at) => byte !== to[at])) {
          this.#push("immediate", { dreg: registerAt(4), data: { value: to } });
          addresses.regAddrMax = registerAt(4);
          word = 8;
        }
      }
    }
    const ports = this.#ports(nat, word, path);
    if (nat.addr === undefined && nat.port === undefined) throw new InputError(path, "addr or port", nat);
    this.#push("nat", {
      type,
      family: family ?? (this.#context.family === "ip6" ? "ipv6" : "ipv4"),
      ...addresses,
      ...ports,
    });
  }

  #ports({ port, flags }: Pick<NatStatement, "port" | "flags">, word: number, path: string): object {
    const words = natFlags(flags, `${path}.flags`);
    const rest: { flags?: NatRangeFlag[]; regProtoMin?: Register; regProtoMax?: Register } = {};
    if (words.length > 0) rest.flags = words;
    if (port !== undefined) {
      const { from, to } = boundsOf(port as Part, datatypes.inet_service, `${path}.port`);
      this.#push("immediate", { dreg: registerAt(word), data: { value: from } });
      rest.regProtoMin = registerAt(word);
      if (from.some((byte, at) => byte !== to[at])) {
        this.#push("immediate", { dreg: registerAt(word + 4), data: { value: to } });
        rest.regProtoMax = registerAt(word + 4);
      }
    }
    return rest;
  }

  #reject(reject: Extract<Statement, { reject: unknown }>["reject"], path: string): void {
    const known = this.#known.get("nfproto");
    const usual = known === "ipv4" ? "icmp" : known === "ipv6" ? "icmpv6" : "icmpx";
    const { type = usual, expr = "port-unreachable" } = reject ?? {};
    const found = rejectTypes[type];
    if (!found) throw new InputError(`${path}.type`, `one of ${Object.keys(rejectTypes).join(", ")}`, type);
    if (type === "tcp reset") {
      this.#ensure("l4proto", "tcp", path);
      this.#push("reject", { type: found.type, icmpCode: 0 });
      return;
    }
    if (found.nfproto) this.#ensure("nfproto", found.nfproto, path);
    this.#push("reject", { type: found.type, icmpCode: numberOf(found.code!.parse(expr, `${path}.expr`)) });
  }
}

function comparison(op: Operator, path: string): "eq" | "neq" | "lt" | "gt" | "lte" | "gte" {
  const word = op === "in" ? "eq" : comparisons[op];
  if (!word)
    throw new InputError(path.replace(/right$/, "op"), `one of ${Object.keys(comparisons).join(" ")} in`, op);
  return word;
}

function networkOrder(bytes: Uint8Array, { host }: Datatype): Uint8Array {
  const little = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  return host && little ? bytes.slice().reverse() : bytes;
}
