/** `nlkit/decode`: what a datagram says, as a tree with byte ranges, as text, as a line. Runs in a browser too. */
export type { Answer, RequestOf } from "./answer.ts";
export { type Captured, type CaptureFormat, captureFormats, type ReadCapture } from "./capture/captured.ts";
export { type PcapngOptions, PcapngWriter } from "./capture/pcapng-write.ts";
export { type ReadOptions, readCapture } from "./capture/read.ts";
export { Conversation, type ConversationOptions } from "./conversation.ts";
export {
  type DifferenceKind,
  type DiffField,
  type DiffMessage,
  type DiffOptions,
  diff,
  type FieldDifference,
  type MessageDifference,
} from "./diff.ts";
export {
  type Direction,
  type ExplainedDatagram,
  type ExplainedMessage,
  type ExplainOptions,
  explainDatagram,
} from "./explain.ts";
export { Families, type FamilyGroupName } from "./families.ts";
export { formatLine, type LineOptions } from "./line.ts";
export { type FormatDiffOptions, formatDiff } from "./output/diff.ts";
export { type Output, type OutputName, type OutputOptions, outputs, unfinished } from "./output/index.ts";
export { formatRemark, type Remark, type Remarks } from "./remarks.ts";
export { type SelectOptions, selector } from "./select.ts";
export { plainStyle, type Role, type Style } from "./style.ts";
export type { Told, ToldMessage, ToldRequest, ToldRole, Unfinished } from "./told.ts";
export { type Visited, walk } from "./walk.ts";
