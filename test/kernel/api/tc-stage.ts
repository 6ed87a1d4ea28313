/** A namespace with two links and tc as the observer, for tests of traffic control on the full kernel. */
import { execFileSync, spawnSync } from "node:child_process";
import { beforeAll, expect } from "vitest";
import { full } from "../support/full.ts";
import { type Stage, stage } from "../support/observer.ts";

export interface TcStage extends Stage {
  /** Runs tc without quoting, but words in single quotes are one argument. @throws when tc fails */
  tc(command: string): string;
  /** The same where it may fail. */
  tryTc(command: string): void;
}

export const argumentsOf = (command: string) =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!);

export function tcStage(tag: string): TcStage {
  const it = stage(tag);
  if (full) {
    beforeAll(() => {
      it.observer.ip("link add d0 numtxqueues 8 type dummy");
      it.observer.ip("link add d1 type dummy");
      for (const dev of ["d0", "d1"]) it.observer.ip(`link set ${dev} up`);
    });
  }
  return Object.assign(it, {
    tc(command: string) {
      const args = ["-n", it.name, ...argumentsOf(command)];
      return execFileSync("tc", args, { encoding: "utf8", stdio: "pipe" });
    },
    tryTc(command: string) {
      spawnSync("tc", ["-n", it.name, ...argumentsOf(command)]);
    },
  });
}

/** Fractions come back as a part of all ones. */
export function expectRead(found: unknown, expected: unknown): void {
  if (typeof expected === "number" && !Number.isInteger(expected)) expect(found).toBeCloseTo(expected, 4);
  else if (Array.isArray(expected)) {
    expect(found).toHaveLength(expected.length);
    for (const [place, inner] of expected.entries()) expectRead((found as unknown[])[place], inner);
  } else if (typeof expected === "object" && expected !== null && !(expected instanceof Uint8Array)) {
    for (const [field, inner] of Object.entries(expected)) {
      expect(found, field).toBeTypeOf("object");
      expectRead((found as Record<string, unknown>)[field], inner);
    }
  } else expect(found).toEqual(expected);
}
