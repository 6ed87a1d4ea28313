/** What the outputs for people have in common. */
import type { Explained } from "../netlink/codec/shape.ts";
import { describeAck } from "../netlink/kernel-error.ts";
import type { Answer } from "./answer.ts";
import { type Style, safely } from "./style.ts";
import type { ToldMessage, ToldRequest, Unfinished } from "./told.ts";
import { walk } from "./walk.ts";

/** `RTM_NEWLINK`, `type 999` */
export function typeName({ constant, type }: { constant: string | undefined; type: number }): string {
  return constant ?? `type ${type}`;
}

/** The kernel's message and the field it is about; empty where it says nothing. */
export function said({ details }: Answer): string {
  return describeAck(details).replace(/^[:;]? /, "");
}

/** `0.25 ms`, `12 ms`, `3.2 s` */
export function milliseconds(time: number): string {
  if (Math.abs(time) >= 1000) return `${Number((time / 1000).toPrecision(4))} s`;
  return `${Number(time.toFixed(3))} ms`;
}

/** `12:31:07.123456`, here. */
export function clock(time: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return String(time);
  const two = (value: number): string => String(value).padStart(2, "0");
  const fraction = Math.floor((time - Math.floor(time / 1000) * 1000) * 1000);
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(fraction).padStart(6, "0")}`;
}

/** The field of the request that an error is about, where the request is known. */
export function refused({ message, request }: ToldMessage): Explained | undefined {
  const path = message.answer?.details.path;
  if (path === undefined || !request) return undefined;
  for (const { messages } of [request.tell()]) {
    for (const visited of walk(messages[0]?.message.parts ?? []))
      if (visited.path === path) return visited.part;
  }
  return undefined;
}

/** `datagram 3`, `datagram 3, message 1` */
export function place({ datagram, message }: Pick<ToldRequest, "datagram" | "message">): string {
  return message === 0 ? `datagram ${datagram}` : `datagram ${datagram}, message ${message}`;
}

/** `RTM_GETLINK #17 (datagram 3): no answer` */
export function formatUnfinished(
  { request, text }: Unfinished,
  { style }: { readonly style?: Style | undefined } = {},
): string {
  const line = `! ${typeName(request)} #${request.sequence} (${place(request)}): ${text}`;
  return safely(style)("problem", line);
}
