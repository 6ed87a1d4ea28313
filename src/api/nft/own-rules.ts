/** Rules in a table of nlkit's own, which are made once, found again and taken away: nothing of others is touched. */
import { isDeepStrictEqual } from "node:util";
import type { NftChain, NftFamily, NftObject, NftRule, Statement } from "./json.ts";
import type { Nft } from "./nft.ts";

/** The table's name. It goes with the last of its rules. */
export const TABLE = "nlkit";

export interface OwnChain extends Required<Pick<NftChain, "family" | "name" | "type" | "hook" | "prio">> {
  policy?: "accept" | "drop";
}

export interface OwnRule {
  chain: OwnChain;
  expr: Statement[];
}

/** Makes the rules that are not there yet, all of them or none. */
export async function ensureRules(nft: Nft, ...rules: OwnRule[]): Promise<void> {
  const missing: OwnRule[] = [];
  for (const rule of rules) if (!(await findRule(nft, rule.chain, rule.expr))) missing.push(rule);
  await nft.add(
    ...missing.flatMap(({ chain, expr }): NftObject[] => [
      { table: { family: chain.family, name: TABLE } },
      { chain: { ...chain, table: TABLE } },
      { rule: { family: chain.family, table: TABLE, chain: chain.name, expr } },
    ]),
  );
}

/** Takes the rule away, and what is then empty; whether it was there. */
export async function removeRule(nft: Nft, chain: OwnChain, expr: Statement[]): Promise<boolean> {
  const found = await findRule(nft, chain, expr);
  if (!found) return false;
  const { family, name } = chain;
  await nft.delete({ rule: { family, table: TABLE, chain: name, handle: found.handle! } });
  await removeEmpty(nft, family);
  return true;
}

/** Chains without rules and without a policy of their own go, and with the last of them the table. */
export async function removeEmpty(nft: Nft, family: NftFamily): Promise<void> {
  const objects = await nft.list({ family, table: TABLE });
  const rules = objects.flatMap((object) => ("rule" in object ? [object.rule] : []));
  const chains = objects.flatMap((object) => ("chain" in object ? [object.chain] : []));
  const empty = chains.filter(
    ({ name, policy }) => policy !== "drop" && !rules.some(({ chain }) => chain === name),
  );
  if (objects.length > 0 && empty.length === chains.length)
    await nft.delete({ table: { family, name: TABLE } });
  else await nft.delete(...empty.map(({ name }) => ({ chain: { family, table: TABLE, name } })));
}

export async function ownRules(nft: Nft, family: NftFamily, chain?: string): Promise<NftRule[]> {
  const objects = await nft.list({ family, table: TABLE, ...(chain !== undefined && { chain }) });
  return objects.flatMap((object) => ("rule" in object ? [object.rule] : []));
}

async function findRule(nft: Nft, chain: OwnChain, expr: Statement[]): Promise<NftRule | undefined> {
  const rules = await ownRules(nft, chain.family, chain.name);
  return rules.find((rule) => isDeepStrictEqual(withoutCounts(rule.expr), withoutCounts(expr)));
}

/** Rules count what they match: that does not make them others. */
const withoutCounts = (expr: readonly Statement[]): Statement[] =>
  expr.map((statement) => ("counter" in statement ? { counter: null } : statement));
