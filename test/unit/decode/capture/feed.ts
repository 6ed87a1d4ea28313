/** Inputs for the readers, in chunks of any size. */
import type { Captured } from "../../../../src/decode/capture/captured.ts";

/** The bytes in chunks of `size`, as Node's streams have them; each is overwritten afterwards, as a caller may. */
export async function* feed(input: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  for (let at = 0; at < bytes.length; at += size) {
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    yield chunk;
    chunk.fill(0xa5);
  }
}

export async function all(captured: AsyncIterable<Captured>): Promise<Captured[]> {
  const found: Captured[] = [];
  for await (const one of captured) found.push(one);
  return found;
}

export const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
export const fromHex = (text: string) => new Uint8Array(Buffer.from(text.replace(/\s/g, ""), "hex"));
