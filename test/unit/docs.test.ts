/** The TypeScript of the documents: it must be what the library takes. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

const preamble = `
import { writeFileSync } from "node:fs";
import { Netns } from "nlkit";
import { RTNLGRP_NEIGH } from "nlkit/rtnl";
import { moveToBridge } from "./examples/support/move-to-bridge.ts";
declare const host: Netns, red: Netns, box: Netns, web: Netns;
declare const child: import("node:child_process").ChildProcess;
`;

/** The last column of every table: its code, each in a block of its own. */
function typescriptOf(text: string): string[] {
  return text
    .split("\n")
    .filter((line) => /^\| (?!shell|---)/.test(line))
    .map((line) => line.split(" | ").at(-1)!)
    .map((cell) => /`([^`]+)`/.exec(cell)?.[1] ?? `no code: ${cell}`);
}

function problemsOf(statements: readonly string[]): string[] {
  const file = resolve(root, "snippets.ts");
  const text = `${preamble}\n${statements.map((statement) => `{ ${statement}; }`).join("\n")}\n`;
  const config = ts.readConfigFile(resolve(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
      : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], { ...options, noUnusedLocals: false }, host);
  return program.getSemanticDiagnostics(program.getSourceFile(file)).map(({ messageText, start = 0 }) => {
    const line = text.slice(text.lastIndexOf("\n", start) + 1, text.indexOf("\n", start));
    return `${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

const statements = typescriptOf(readFileSync(resolve(root, "docs/tutorials.md"), "utf8"));

test("docs/tutorials.md says what the library takes", { timeout: 120_000 }, () => {
  expect(statements.length).toBeGreaterThan(30);
  expect(problemsOf(statements)).toEqual([]);
});

test("a wrong field would be noticed", { timeout: 120_000 }, () => {
  expect(problemsOf([`await red.link.set("lo", { upp: true })`])).toHaveLength(1);
});
