/** Traffic control's objects, which share most of their code: loaded together. */
export { TcActions } from "../action/action.ts";
export { TcChains } from "../chain/chain.ts";
export { TcClasses } from "../class/class.ts";
export { TcFilters } from "../filter/filter.ts";
export { Qdiscs } from "../qdisc/qdisc.ts";
