import { NFT_MSG_TRACE } from "../constants.ts";
import { nftType } from "../message-type.ts";
import { traceMessage } from "./message.ts";

export const NFT_MSG_TRACE_TYPE = nftType("NFT_MSG_TRACE", NFT_MSG_TRACE, traceMessage);

/** The message types of traces. */
export const traceTypes = [NFT_MSG_TRACE_TYPE];
