/** Tables, chains and rules: nft's words ↔ nf_tables. */
import { InputError } from "../../netlink/errors.ts";
import type { Chain, Rule, Table } from "../../nft/index.ts";
import { familyOf, hookName, hookNumber, nfprotoOf } from "./hooks.ts";
import type { NftChain, NftFamily, NftRule, NftTable } from "./json.ts";
import { type ReadContext, readStatements } from "./read.ts";

export function writeChain(chain: NftChain, path: string): Partial<Chain> {
  const { family, table, name, type, hook, prio, policy, dev } = chain;
  const nfgenFamily = nfprotoOf(family, `${path}.family`);
  const key = { nfgenFamily, table, name };
  if (hook === undefined) {
    for (const field of ["type", "prio", "policy", "dev"] as const) {
      if (chain[field] !== undefined)
        throw new InputError(`${path}.${field}`, "nothing without a hook", chain[field]);
    }
    return key;
  }
  const devices = [dev ?? []].flat();
  return {
    ...key,
    type: type ?? "filter",
    hook: {
      num: hookNumber(family, hook, `${path}.hook`),
      priority: prio ?? 0,
      ...(devices.length === 1 && { dev: devices[0]! }),
      ...(devices.length > 1 && { devs: { name: devices } }),
    },
    ...(policy && { policy }),
  };
}

export function readTable(raw: Table): { table: NftTable } | undefined {
  const family = familyOf(raw.nfgenFamily);
  if (!family) return undefined;
  const flags = raw.flags ?? [];
  const handle = Number(raw.handle ?? 0n);
  return {
    table: { family, name: raw.name ?? "", handle, ...(flags.length > 0 && { flags: flags.map(String) }) },
  };
}

export function readChain(raw: Chain): { chain: NftChain } | undefined {
  const family = familyOf(raw.nfgenFamily);
  if (!family) return undefined;
  const { hook, policy } = raw;
  const chain: NftChain = {
    family,
    table: raw.table ?? "",
    name: raw.name ?? "",
    handle: Number(raw.handle ?? 0n),
  };
  if (hook) {
    const devices = hook.devs?.name ?? (hook.dev === undefined ? [] : [hook.dev]);
    if (devices.length > 0) chain.dev = devices.length === 1 ? devices[0]! : devices;
    chain.type = raw.type ?? "";
    chain.hook = hookName(family, hook.num ?? 0);
    chain.prio = hook.priority ?? 0;
    if (policy) chain.policy = policy as "accept" | "drop";
  }
  return { chain };
}

export function readRule(raw: Rule, context: ReadContext): { rule: NftRule } {
  const comment = commentOf(raw.userdata);
  return {
    rule: {
      family: context.family as NftFamily,
      table: raw.table ?? "",
      chain: raw.chain ?? "",
      handle: Number(raw.handle ?? 0n),
      ...(comment !== undefined && { comment }),
      expr: readStatements(raw.expressions ?? [], context),
    },
  };
}

/** nft's notes are of type, length, value; type 0 is the comment, with a NUL. */
const COMMENT = 0;

export function userdataOf(comment: string | undefined, path: string): Uint8Array | undefined {
  if (comment === undefined) return undefined;
  const text = new TextEncoder().encode(comment);
  if (text.length > 127) throw new InputError(path, "a comment of up to 127 bytes", comment);
  return Uint8Array.of(COMMENT, text.length + 1, ...text, 0);
}

function commentOf(userdata: Uint8Array | undefined): string | undefined {
  for (let at = 0; userdata && at + 2 <= userdata.length; ) {
    const [type, length] = [userdata[at]!, userdata[at + 1]!];
    if (type === COMMENT) return new TextDecoder().decode(userdata.subarray(at + 2, at + 1 + length));
    at += 2 + length;
  }
  return undefined;
}
