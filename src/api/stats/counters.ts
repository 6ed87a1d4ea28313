import type { RxTx } from "./suites.ts";

type Counters = Readonly<Record<string, bigint | Uint8Array | undefined>>;

/** `rxBytes` is `bytes` of `rx`. Of what has no direction in its name, multicast was received, collisions sent. */
export function byDirection<T extends RxTx>(counters: object): T {
  const found: Record<"rx" | "tx", Record<string, number>> = { rx: {}, tx: {} };
  for (const [name, value] of Object.entries(counters as Counters)) {
    if (typeof value !== "bigint") continue;
    const direction = name.startsWith("tx") || name === "collisions" ? "tx" : "rx";
    const rest = /^[rt]x/.test(name) ? name.charAt(2).toLowerCase() + name.slice(3) : name;
    found[direction][rest] = Number(value);
  }
  return found as T;
}
