import { batchTypes } from "./batch.ts";
import { hookTypes } from "./hook.ts";
import { opaqueTypes } from "./opaque.ts";

/** The message types of nfnetlink and of the subsystems beside nf_tables. */
export const nfnetlinkTypes = [...batchTypes, ...hookTypes, ...opaqueTypes];
