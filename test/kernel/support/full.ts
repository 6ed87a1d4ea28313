/** What only the full kernel has, and how `ip` prints encapsulations. */
import { camelCase, type Json, type Observer } from "./observer.ts";

/** Whether this is the full kernel, which has what the machine's own may lack. */
export const full = process.env.FULLKERNEL !== undefined;

/** What a test's name says where it is skipped. */
export const onlyFull = " (skipped: needs the full kernel)";

/** `ip` has `null` for what is just there. */
export function nullsTrue(value: Json): Json {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inner ?? true]));
}

/**
 * What `ip -j -d` prints of routes and nexthops: fields of an encapsulation stand among the others, under the same
 * names, and are put into one object here.
 */
export function printedJson(observer: Observer, command: string): Json[] {
  const text = observer
    .ip(`-j -d ${command}`)
    .replace(/"trace":null,"prealloc":null,("type".*?"size":\d+)/g, '"trace":{$1}')
    .replace(
      /"encap":("[^"]+"),(.*?),(?="(?:gateway|via|dev|protocol|weight)":)/g,
      '"encap":{"type":$1,$2},',
    );
  return camelCase(JSON.parse(text || "[]")) as Json[];
}
