/** The expressions of nf_tables → statements, as `nft -j` prints them. */
import type { Expr, Register } from "../../nft/index.ts";
import { type Datatype, datatypes, numberOf, type Scalar } from "./datatypes.ts";
import { bitNames, maskLength, partOf, readElements, type ValueType } from "./elements.ts";
import type {
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
import { wordOf, wordsFor } from "./registers.ts";
import { ctKeys, headerProtocols, metaKeys } from "./selectors.ts";
import { readLimit, readLog, readQueue } from "./single.ts";
import { natFlagsInWords, rejectTypes } from "./statement-words.ts";
import { type Of, Untold } from "./untold.ts";
import { readVerdict } from "./verdict.ts";

/** What the sets that a rule names are. */
export interface KnownSet {
  readonly anonymous: boolean;
  readonly types: readonly Datatype[] | undefined;
  readonly value: ValueType;
  readonly interval: boolean;
  readonly elements: Parameters<typeof readElements>[0];
}

export interface ReadContext {
  readonly family: NftFamily;
  setOf(name: string): KnownSet | undefined;
  nameOf(ifindex: number): string;
}

/** What stands in a register. */
interface Held {
  readonly selector?: Selector;
  readonly type?: Datatype;
  /** Of a load of less than the whole field. */
  readonly bytes?: number;
  readonly mask?: Uint8Array;
  /** Whether it was turned into network byte order. */
  readonly turned?: boolean;
  readonly value?: Uint8Array;
  readonly map?: MapExpression;
}

const operators: Readonly<Record<string, Operator>> = {
  eq: "==",
  neq: "!=",
  lt: "<",
  gt: ">",
  lte: "<=",
  gte: ">=",
};

/** A rule with an expression that has no statement here is its expressions as they are. */
export function readStatements(expressions: readonly Expr[], context: ReadContext): Statement[] {
  try {
    const reader = new RuleReader(context);
    for (const expression of expressions) reader.take(expression);
    return reader.end();
  } catch (error) {
    if (error instanceof Untold) return [...expressions];
    throw error;
  }
}

class RuleReader {
  readonly #context: ReadContext;
  readonly #statements: Statement[] = [];
  readonly #registers = new Map<number, Held>();
  /** What the packet is known to be, by the matches before. */
  readonly #known = new Map<string, string>();
  /** Matches that may be there only for the header that is looked at next. */
  #pending: { key: string; statement: Statement }[] = [];

  constructor(context: ReadContext) {
    this.#context = context;
    if (context.family === "ip") this.#known.set("nfproto", "ipv4");
    if (context.family === "ip6") this.#known.set("nfproto", "ipv6");
  }

  end(): Statement[] {
    this.#settle();
    return this.#statements;
  }

  #settle(): void {
    for (const { statement } of this.#pending.splice(0)) this.#statements.push(statement);
  }

  #say(statement: Statement): void {
    this.#settle();
    this.#statements.push(statement);
  }

  take(expression: Expr) {
    const data = (expression.data ?? {}) as never;
    switch (expression.name) {
      case "meta":
        return this.#meta(data);
      case "ct":
        return this.#ct(data);
      case "payload":
        return this.#payload(data);
      case "bitwise":
        return this.#bitwise(data);
      case "byteorder":
        return this.#byteorder(data);
      case "cmp":
        return this.#cmp(data);
      case "range":
        return this.#range(data);
      case "lookup":
        return this.#lookup(data);
      case "immediate":
        return this.#immediate(data);
      case "nat":
        return this.#nat(data);
      case "masq":
        return this.#say({ masquerade: orNull(this.#ports(data)) });
      case "redir":
        return this.#say({ redirect: orNull(this.#ports(data)) });
      case "counter": {
        const { packets = 0n, bytes = 0n } = data as Of<"counter">;
        return this.#say({ counter: { packets: Number(packets), bytes: Number(bytes) } });
      }
      case "limit":
        return this.#say(readLimit(data));
      case "log":
        return this.#say({ log: orNull(readLog(data)) });
      case "reject":
        return this.#reject(data);
      case "notrack":
        return this.#say({ notrack: null });
      case "queue":
        return this.#say(readQueue(data));
      default:
        throw new Untold(expression.name);
    }
  }

  #hold(register: Register | undefined, held: Held): void {
    const word = wordOf(register);
    if (word === undefined) throw new Untold("a register");
    this.#registers.set(word, held);
  }

  #held(register: Register | undefined): Held {
    const held = this.#registers.get(wordOf(register) ?? -1);
    if (!held) throw new Untold("an empty register");
    return held;
  }

  #meta({ dreg, sreg, key }: Of<"meta">): void {
    const [name, entry] = Object.entries(metaKeys).find(([, [kernel]]) => kernel === key) ?? [];
    if (name === undefined) throw new Untold(`meta ${key}`);
    if (dreg !== undefined) this.#hold(dreg, { selector: { meta: { key: name } }, type: entry![1] });
    else this.#mangle({ meta: { key: name } }, entry![1], sreg);
  }

  #ct({ dreg, sreg, key, direction }: Of<"ct">): void {
    const [name, entry] = Object.entries(ctKeys).find(([, [kernel]]) => kernel === key) ?? [];
    if (name === undefined) throw new Untold(`ct ${key}`);
    const selector = { ct: { key: name, ...(direction && { dir: direction as "original" | "reply" }) } };
    if (dreg !== undefined) this.#hold(dreg, { selector, type: entry![1] });
    else this.#mangle(selector, entry![1], sreg);
  }

  #mangle(key: Selector, type: Datatype, sreg: Register | undefined): void {
    const { selector, value, map } = this.#held(sreg);
    if (value) this.#say({ mangle: { key, value: this.#scalar(value, type) } });
    else if (map) this.#say({ mangle: { key, value: { map } } });
    else if (selector) this.#say({ mangle: { key, value: selector } });
  }

  #payload({ dreg, sreg, base, offset, len }: Of<"payload">): void {
    if (sreg !== undefined || dreg === undefined || len === undefined) throw new Untold("payload");
    for (const [protocol, header] of Object.entries(headerProtocols)) {
      if (header.base !== base || !this.#allows(header)) continue;
      const field = Object.entries(header.fields).find(([, [at, type]]) => at === offset && type.size >= len);
      if (!field) continue;
      const [name, [, type]] = field;
      this.#use(header);
      const partial = len < type.size ? { bytes: len } : {};
      this.#hold(dreg, { selector: { payload: { protocol, field: name } }, type, ...partial });
      return;
    }
    throw new Untold("payload");
  }

  #allows({ nfproto, l4proto, base }: (typeof headerProtocols)[string]): boolean {
    if (l4proto !== undefined) return this.#known.get("l4proto") === l4proto;
    if (nfproto !== undefined) return this.#known.get("nfproto") === nfproto;
    return base !== "network-header";
  }

  /** The match that only says which header it is goes without saying. */
  #use({ nfproto, l4proto, base }: (typeof headerProtocols)[string]): void {
    const implied = new Set<string>();
    if (l4proto !== undefined) implied.add("l4proto");
    if (nfproto !== undefined) implied.add("nfproto");
    if (base === "link-layer-header") implied.add("iiftype");
    this.#pending = this.#pending.filter(({ key }) => !implied.has(key));
  }

  #bitwise({ sreg, dreg, mask, xor, op = "mask-xor" }: Of<"bitwise">): void {
    const held = this.#held(sreg);
    const isPlain = op === "mask-xor" && xor?.value?.every((byte) => byte === 0);
    if (!isPlain || !mask?.value || held.mask) throw new Untold("bitwise");
    this.#hold(dreg, { ...held, mask: mask.value });
  }

  #byteorder({ sreg, dreg }: Of<"byteorder">): void {
    this.#hold(dreg, { ...this.#held(sreg), turned: true });
  }

  #scalar(bytes: Uint8Array, type: Datatype): Scalar {
    if (type === datatypes.iface_index) return this.#context.nameOf(numberOf(bytes, true));
    return type.format(bytes);
  }

  #cmp({ sreg, op, data }: Of<"cmp">) {
    const value = data?.value;
    const word = operators[op ?? ""];
    if (!value || !word) throw new Untold("cmp");
    const concat = this.#concatAt(sreg, value.length);
    if (concat) {
      const parts: Scalar[] = [];
      let at = 0;
      for (const { type } of concat) {
        parts.push(this.#scalar(value.subarray(at, at + type.size), type));
        at += wordsFor(type.size) * 4;
      }
      const left = { concat: concat.map(({ selector }) => selector) };
      return this.#say({ match: { op: word, left, right: { concat: parts } } });
    }
    const held = this.#held(sreg);
    const { selector, type, mask, bytes, turned } = held;
    if (!selector || !type) throw new Untold("cmp");
    // nft compares fewer bytes where a prefix ends with one.
    const compares =
      bytes ?? (value.length < type.size && type !== datatypes.ifname ? value.length : undefined);
    if (compares !== undefined) {
      if (!type.name.endsWith("_addr")) throw new Untold("a part of a field");
      const whole = new Uint8Array(type.size);
      whole.set(value);
      const right = { prefix: { addr: String(type.format(whole)), len: compares * 8 } };
      return this.#say({ match: { op: word, left: selector, right } });
    }
    if (mask) return this.#masked(selector, type, mask, word, value);
    const compared = turned ? reversed(value) : value;
    if (this.#closesRange(word, selector, type, compared)) return;
    const right = this.#scalar(compared, type);
    this.#match(word, selector, right);
  }

  #match(op: Operator, left: Selector, right: Scalar) {
    const statement: Statement = { match: { op, left, right } };
    const key = "meta" in left ? left.meta.key : "";
    const isDependency = op === "==" && ["l4proto", "nfproto", "iiftype", "protocol"].includes(key);
    if (!isDependency) return this.#say(statement);
    // What the rule goes on to look at decides whether this is worth saying.
    if (key === "protocol") {
      if (right !== "ip" && right !== "ip6") return this.#say(statement);
      this.#known.set("nfproto", right === "ip" ? "ipv4" : "ipv6");
      this.#pending.push({ key: "nfproto", statement });
      return;
    }
    this.#known.set(key, String(right));
    this.#pending.push({ key, statement });
  }

  #masked(selector: Selector, type: Datatype, mask: Uint8Array, op: Operator, value: Uint8Array) {
    const isZero = value.every((byte) => byte === 0);
    if (type.bits && isZero && op === "!=") {
      return this.#say({ match: { op: "in", left: selector, right: bitNames(mask, type) } });
    }
    const length = maskLength(mask);
    if (type.name.endsWith("_addr") && length !== undefined && (op === "==" || op === "!=")) {
      const right = { prefix: { addr: String(type.format(value)), len: length } };
      return this.#say({ match: { op, left: selector, right } });
    }
    const bits = type.bits ? bitNames(mask, type) : type.format(mask);
    const right: Right = type.bits && !isZero ? bitNames(value, type) : type.format(value);
    this.#say({ match: { op, left: { "&": [selector, bits] }, right } });
  }

  /** nft writes an interval as two comparisons. */
  #closesRange(op: Operator, selector: Selector, type: Datatype, value: Uint8Array): boolean {
    const last = this.#statements.at(-1);
    if (op !== "<=" || this.#pending.length > 0 || !last || !("match" in last) || last.match.op !== ">=")
      return false;
    if (JSON.stringify(last.match.left) !== JSON.stringify(selector)) return false;
    const from = type.parse(last.match.right as Scalar, "");
    this.#statements.splice(-1, 1, {
      match: { op: "==", left: selector, right: partOf({ from, to: value }, type) },
    });
    return true;
  }

  #range({ sreg, op, fromData, toData }: Of<"range">): void {
    const { selector, type, mask, turned } = this.#held(sreg);
    if (!selector || !type || mask || !fromData?.value || !toData?.value) throw new Untold("range");
    const turn = (bytes: Uint8Array) => (turned ? reversed(bytes) : bytes);
    const right = partOf({ from: turn(fromData.value), to: turn(toData.value) }, type) as Part;
    this.#say({ match: { op: op === "neq" ? "!=" : "==", left: selector, right } });
  }

  /** Registers in a row that a key of several parts fills. */
  #concatAt(
    register: Register | undefined,
    bytes: number,
  ): { selector: Selector; type: Datatype }[] | undefined {
    const parts: { selector: Selector; type: Datatype }[] = [];
    const start = wordOf(register) ?? 0;
    for (let word = start; (word - start) * 4 < bytes; ) {
      const { selector, type, mask, bytes: partial } = this.#registers.get(word) ?? {};
      if (!selector || !type || mask || partial !== undefined) return undefined;
      parts.push({ selector, type });
      word += wordsFor(type.size);
    }
    return parts.length > 1 ? parts : undefined;
  }

  #lookup({ set, sreg, dreg, flags }: Of<"lookup">): void {
    const known = this.#context.setOf(set ?? "");
    if (!known) throw new Untold(`set ${set}`);
    const types = known.types;
    const bytes =
      types && types.length > 1 ? types.reduce((sum, { size }) => sum + wordsFor(size) * 4, 0) : 0;
    const concat = this.#concatAt(sreg, bytes);
    const { selector, type, mask } = this.#held(sreg);
    if (!selector || !type || mask) throw new Untold("lookup");
    const left: Left = concat ? { concat: concat.map((part) => part.selector) } : selector;
    const keys = concat ? concat.map((part) => part.type) : [type];
    const { value } = known;
    const elements = (): NftElement[] => readElements(known.elements, keys, value, known.interval);
    if (dreg === undefined) {
      const right: Right = known.anonymous ? { set: elements() } : `@${set}`;
      this.#say({ match: { op: flags?.includes("invert") ? "!=" : "==", left, right } });
      return;
    }
    const map: MapExpression = { key: left, data: known.anonymous ? { set: elements() } : `@${set}` };
    if (dreg === "reg-verdict") this.#say({ vmap: map });
    else this.#hold(dreg, { map });
  }

  #immediate({ dreg, data }: Of<"immediate">): void {
    if (data?.verdict) this.#say(readVerdict(data.verdict));
    else if (data?.value) this.#hold(dreg, { value: data.value });
    else throw new Untold("immediate");
  }

  #nat({ type, family, regAddrMin, regAddrMax, ...rest }: Of<"nat">): void {
    const statement: NatStatement = {};
    if (this.#context.family === "inet" && family) statement.family = family === "ipv6" ? "ip6" : "ip";
    const address = family === "ipv6" ? datatypes.ipv6_addr : datatypes.ipv4_addr;
    if (regAddrMin !== undefined) {
      const { value: from, map } = this.#held(regAddrMin);
      const to = regAddrMax === undefined ? from : this.#held(regAddrMax).value;
      if (map) statement.addr = { map };
      else if (from && to)
        statement.addr = partOf({ from, to }, address) as NonNullable<NatStatement["addr"]>;
    }
    Object.assign(statement, this.#ports(rest));
    this.#say((type === "snat" ? { snat: statement } : { dnat: statement }) as Statement);
  }

  #ports({ regProtoMin, regProtoMax, flags }: Of<"redir">): Pick<NatStatement, "port" | "flags"> {
    const statement: Pick<NatStatement, "port" | "flags"> = {};
    if (regProtoMin !== undefined) {
      const from = this.#held(regProtoMin).value;
      const to = regProtoMax === undefined ? from : this.#held(regProtoMax).value;
      if (!from || !to) throw new Untold("ports of a map");
      statement.port = partOf(
        { from: from.subarray(0, 2), to: to.subarray(0, 2) },
        datatypes.inet_service,
      ) as number;
    }
    const words = natFlagsInWords(flags);
    if (words !== undefined) statement.flags = words;
    return statement;
  }

  #reject({ type, icmpCode = 0 }: Of<"reject">): void {
    const nfproto = this.#known.get("nfproto");
    const [word, found] =
      Object.entries(rejectTypes).find(
        ([, entry]) => entry.type === type && (entry.nfproto === undefined || entry.nfproto === nfproto),
      ) ?? [];
    if (word === undefined) throw new Untold(`reject ${type}`);
    if (word === "tcp reset") this.#pending = this.#pending.filter(({ key }) => key !== "l4proto");
    const expr = found!.code && { expr: String(found!.code.format(Uint8Array.of(icmpCode))) };
    this.#say({ reject: { type: word, ...expr } });
  }
}

const orNull = <T extends object>(value: T): T | null => (Object.keys(value).length > 0 ? value : null);

const reversed = (bytes: Uint8Array): Uint8Array => bytes.slice().reverse();
