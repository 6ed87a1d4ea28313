/**
 * Decodes messages that follow one another: the objects of a dump.
 *
 * The most usual form has its decoder in the loop. V8 then has one function to optimize, and does so after a few
 * datagrams; a function for each step is optimized by itself and once more in each that calls it
 * (docs/performance.md).
 */
import { NLMSG_HDRLEN } from "../constants.ts";
import type { AttributeSet } from "./attributes.ts";
import { align4 } from "./byte-order.ts";
import { Code, identifier } from "./compile.ts";
import { type DecodeSelected, type FormPart, formText } from "./compile-form.ts";
import type { Input } from "./input.ts";
import type { StructShape } from "./struct.ts";

/**
 * Takes the messages from `offset` to `end` as long as they have a sequence number and, in their header, this word:
 * type and flags as they stand there. A message is taken where it is whole.
 *
 * @returns where the first is that was not taken: it may be one to take.
 */
export type Run = (input: Input, offset: number, end: number, head: number, sequence: number) => number;

/** The same, adding objects to a list. */
export type DecodeRun = (...args: [...Parameters<Run>, list: unknown[]]) => number;

/**
 * Messages after which a compiled run returns: it is entered anew while V8 makes better code of it, which otherwise makes
 * it once more for the loop that is under way.
 */
const TURN = 64;

type Decode = (input: Input, at: number, length: number) => unknown;

/** Hands every payload to `visit`, until that gives true: it is enough. */
export function visitRun(
  visit: (input: Input, at: number, length: number) => unknown,
  input: Input,
  offset: number,
  end: number,
  head: number,
  sequence: number,
): number {
  const { view, little } = input;
  let at = offset;
  while (at + NLMSG_HDRLEN <= end) {
    const length = view.getUint32(at, little);
    if (length < NLMSG_HDRLEN || at + length > end) break;
    if (view.getUint32(at + 4, little) !== head || view.getUint32(at + 8, little) !== sequence) break;
    const payload = at + NLMSG_HDRLEN;
    at += align4(length);
    if (visit(input, payload, length - NLMSG_HDRLEN) === true) break;
  }
  return at;
}

/** What a message's runs are made of. */
interface Parts {
  readonly set: AttributeSet<unknown>;
  readonly header: StructShape<unknown>;
  readonly little: boolean;
  readonly decode: Decode;
  readonly decodeSelected: DecodeSelected;
}

/** Decodes runs of a message in one byte order; `learnt` knows which form is the most usual by now. */
export function decodeRuns(
  parts: Parts,
  learnt: { readonly usual: readonly FormPart[] | undefined },
): DecodeRun {
  let form: readonly FormPart[] | undefined;
  const plain = plainRuns(parts.decode, () => learnt.usual !== form);
  // Of both kinds in one place, so that V8 does not put the compiled one into its callers as well.
  let run = plain;
  return (input, offset, end, head, sequence, list) => {
    if (learnt.usual !== form) {
      form = learnt.usual;
      run = (form && compileRun(parts, form)) ?? plain;
    }
    return (input.exact ? plain : run)(input, offset, end, head, sequence, list);
  };
}

function compileRun(parts: Parts, form: readonly FormPart[]): DecodeRun | undefined {
  const { set, header, little, decode, decodeSelected } = parts;
  const code = new Code(little);
  const text = formText(code, set, header, form, decodeSelected, "break usual;");
  if (!text) return undefined;
  // What the text does not know, `decode` does, and what is wrong with it.
  return code.build(`function ${identifier(`run ${set.name}`)}(I, offset, stop, head, sequence, list) {
    const B = I.bytes, V = I.view, outer = undefined;
    let t;
    for (let left = ${TURN}; left > 0 && offset + ${NLMSG_HDRLEN} <= stop; left--) {
      const length = V.getUint32(offset, ${little}), m = offset + ${NLMSG_HDRLEN}, end = offset + length;
      if (length < ${NLMSG_HDRLEN} || end > stop) break;
      if (V.getUint32(offset + 4, ${little}) !== head || V.getUint32(offset + 8, ${little}) !== sequence) break;
      let o;
      usual: if (length >= ${NLMSG_HDRLEN + align4(header.size)}) {
        ${text.places}
        try {
          ${text.variables}
          o = ${text.literal};
        } catch {}
      }
      list.push(o ?? ${code.capture(decode)}(I, m, length - ${NLMSG_HDRLEN}));
      offset = (end + 3) & ~3;
    }
    return offset;
  }`);
}

/** Runs that are decoded one message after the other, until it is `enough`. */
export function plainRuns(decode: Decode, enough = (): boolean => false): DecodeRun {
  return (input, offset, end, head, sequence, list) => {
    const visit = (_input: Input, at: number, length: number): boolean => {
      list.push(decode(input, at, length));
      return enough();
    };
    return visitRun(visit, input, offset, end, head, sequence);
  };
}
