/** iproute2 as an independent observer of what the library does, and as the maker of what the library lists. */
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll } from "vitest";
import { Netns } from "../../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: what a program prints has no type
export type Json = Record<string, any>;

/** `validLifeTime` for `valid_life_time`, `stablePrivacy` for `stable-privacy`. */
export function camel(word: string): string {
  return word.replace(/[_-]([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Printed JSON with the keys of the library. */
export function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [camel(key), camelCase(inner)]));
}

/** Runs `ip` and `bridge` in one named namespace. */
export class Observer {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** `ip addr add 10.0.0.1/24 dev eth0`, without quoting. @throws when ip fails */
  ip(command: string): string {
    return this.#run("ip", command);
  }

  bridge(command: string): string {
    return this.#run("bridge", command);
  }

  /** What `ip -j -d` prints, in camelCase. */
  ipJson(command: string): Json[] {
    return camelCase(JSON.parse(this.ip(`-j -d ${command}`) || "[]")) as Json[];
  }

  bridgeJson(command: string): Json[] {
    return camelCase(JSON.parse(this.bridge(`-j -d ${command}`) || "[]")) as Json[];
  }

  #run(program: string, command: string): string {
    const args = ["-n", this.name, ...command.split(" ").filter((word) => word !== "")];
    return execFileSync(program, args, { encoding: "utf8", stdio: "pipe" });
  }
}

export interface Stage {
  readonly name: string;
  readonly ns: Netns;
  readonly observer: Observer;
}

/** A named namespace of the test file's own, there while its tests run. Its fields are filled in before the first one. */
export function stage(tag: string): Stage {
  const name = `nlkit-${tag}-${process.pid}`;
  const made = { name, observer: new Observer(name) } as { -readonly [K in keyof Stage]: Stage[K] };
  beforeAll(async () => {
    made.ns = await Netns.create(name);
  });
  afterAll(async () => {
    made.ns?.close();
    await Netns.delete(name);
  });
  return made;
}

/** The error that a promise is rejected with. */
export async function failureOf(attempt: () => Promise<unknown>): Promise<Error & Json> {
  try {
    await attempt();
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`${String(error)} was thrown, which is no Error`);
  }
  throw new Error("nothing was thrown");
}
