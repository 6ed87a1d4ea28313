import type { Expr } from "../../nft/index.ts";

/** There are no words of nft for an expression here: the rule is shown as its expressions. */
export class Untold extends Error {}

/** What an expression of this name holds. */
export type Of<N extends Expr["name"]> = NonNullable<Extract<Expr, { name: N }>["data"]>;
