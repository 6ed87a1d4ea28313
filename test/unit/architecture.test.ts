/** The layers of the project: imports point downward only, and Node stays out of what runs in a browser. */
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const source = join(root, "src");

interface Import {
  /** The file that is imported, or a package's name. */
  readonly target: string;
  readonly local: boolean;
  /** Only types: gone when it runs. */
  readonly typeOnly: boolean;
  /** When it is called for: `import()`. */
  readonly later: boolean;
}

interface Module {
  readonly lines: number;
  readonly text: string;
  readonly imports: readonly Import[];
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    const clause = node.exportClause;
    const all = clause && ts.isNamedExports(clause) && clause.elements.every((element) => element.isTypeOnly);
    return node.isTypeOnly || all === true;
  }
  const clause = node.importClause;
  if (!clause) return false;
  const bindings = clause.namedBindings;
  const all =
    !clause.name &&
    bindings &&
    ts.isNamedImports(bindings) &&
    bindings.elements.every((element) => element.isTypeOnly);
  return clause.isTypeOnly || all === true;
}

function importsOf(path: string, text: string): Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, later = false) => {
    const local = specifier.startsWith(".");
    const target = local ? relative(source, resolve(dirname(path), specifier)) : specifier;
    found.push({ target, local, typeOnly, later });
  };
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      add((node.moduleSpecifier as ts.StringLiteral).text, isTypeOnly(node));
    }
    // import("koffi"), require("koffi"), bindings("koffi"), require.resolve("koffi")
    if (ts.isCallExpression(node) && node.arguments[0] && ts.isStringLiteral(node.arguments[0])) {
      const callee = node.expression;
      const name = ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : callee.getText();
      if (callee.kind === ts.SyntaxKind.ImportKeyword || /require|bindings/i.test(name))
        add(node.arguments[0].text, false, true);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const modules = new Map<string, Module>(
  readdirSync(source, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
    .map((name) => {
      const text = readFileSync(join(source, name), "utf8");
      return [
        name,
        { lines: text.split("\n").length - 1, text, imports: importsOf(join(source, name), text) },
      ];
    }),
);

/** Netlink's families, and what they stand on. */
const FAMILIES = ["rtnl", "nft", "nfnetlink", "genl", "sockdiag", "xfrm", "netlink"];

/** Which folders a folder may import from, itself always. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  netlink: ["types"],
  rtnl: ["netlink"],
  nfnetlink: ["netlink"],
  nft: ["nfnetlink", "netlink"],
  genl: ["netlink"],
  sockdiag: ["netlink"],
  xfrm: ["netlink"],
  decode: FAMILIES,
  api: FAMILIES,
  testing: ["api", "decode", ...FAMILIES],
  cli: ["testing", "api", "decode", ...FAMILIES],
  types: [],
};

const layerOf = (name: string) => (name.includes("/") ? name.slice(0, name.indexOf("/")) : "");
const inFolder = (folder: string) => [...modules.keys()].filter((name) => name.startsWith(`${folder}/`));

/** What a module needs when it runs, itself included: files and packages. */
function closure(name: string, { atOnce = false } = {}, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const { target, local, typeOnly, later } of modules.get(name)?.imports ?? []) {
    if (typeOnly || (atOnce && later)) continue;
    if (local) closure(target, { atOnce }, seen);
    else seen.add(target);
  }
  return seen;
}

const isNode = (name: string) => name.startsWith("node:") || builtinModules.includes(name);
const NATIVE = ["koffi", "unix-dgram", "bindings"];

test("there is something to look at", () => {
  expect(modules.size).toBeGreaterThan(80);
  expect(closure("netlink/client.ts").size).toBeGreaterThan(15);
  for (const { imports } of modules.values()) {
    for (const { target, local } of imports)
      if (local && !target.startsWith("..")) expect(modules.has(target), target).toBe(true);
  }
});

describe("imports point downward", () => {
  test.each([...modules.keys()].filter((name) => layerOf(name) !== ""))("%s", (name) => {
    const layer = layerOf(name);
    expect(Object.keys(LAYERS)).toContain(layer);
    const allowed = [layer, ...LAYERS[layer]!];
    const wrong = modules
      .get(name)!
      .imports.filter((entry) => entry.local && !allowed.includes(layerOf(entry.target)));
    expect(wrong.map(({ target }) => target)).toEqual([]);
  });

  test("nothing reaches out of src", () => {
    const outside = [...modules].flatMap(([name, { imports }]) =>
      imports
        .filter(({ target }) => target.startsWith(".."))
        .map(({ target }) => `${name} imports ${target}`),
    );
    // The package's own name and version.
    expect(outside.filter((line) => !line.endsWith("../package.json"))).toEqual([]);
  });

  test("decoding does without the api, however it is reached", () => {
    for (const name of inFolder("decode")) {
      expect([...closure(name)].filter((target) => layerOf(target) === "api")).toEqual([]);
    }
  });
});

describe("runs in a browser", () => {
  const pure = [
    ...inFolder("netlink/codec"),
    ...FAMILIES.filter((family) => family !== "netlink").flatMap(inFolder),
    ...inFolder("decode"),
    "netlink/constants.ts",
    "netlink/errors.ts",
  ];

  test.each(pure)("%s", (name) => {
    const needed = [...closure(name)];
    expect(needed.filter((target) => isNode(target) || NATIVE.includes(target))).toEqual([]);
    expect(needed.filter((target) => target.startsWith("netlink/socket/"))).toEqual([]);
    expect(modules.get(name)!.text).not.toMatch(/\b(Buffer|process|require)\b[.(]/);
  });
});

describe("importing nlkit loads what most programs need", () => {
  const loaded = [...closure("index.ts", { atOnce: true })];
  const folders = (layer: string) => [
    ...new Set(
      loaded.filter((name) => new RegExp(`^${layer}/.*/`).test(name)).map((name) => name.split("/")[1]),
    ),
  ];

  test("objects and their schemas", () => {
    expect(folders("api").sort()).toEqual(["addr", "link", "netns", "nft", "stats"]);
    expect(folders("rtnl").sort()).toEqual(["addr", "link", "linkprop", "nsid", "route"]);
    const few = (folder: string) => loaded.filter((name) => name.startsWith(`${folder}/`));
    expect([...few("api/nft"), ...few("api/stats")]).toEqual(["api/nft/nft.ts", "api/stats/counters.ts"]);
    expect(few("rtnl/route")).toEqual(["rtnl/route/header.ts"]);
  });

  test("no other family, nothing that decodes captures", () => {
    const layers = new Set(loaded.filter((name) => modules.has(name)).map(layerOf));
    expect([...layers].sort()).toEqual(["", "api", "netlink", "rtnl"]);
  });

  test("of Node what every program has loaded already", () => {
    const node = ["node:fs", "node:module", "node:path", "node:timers/promises", "node:url"];
    expect(loaded.filter((name) => !modules.has(name)).sort()).toEqual(["buffer-layout", ...node]);
  });
});

describe("link kinds", () => {
  const kinds = inFolder("rtnl/link/kinds");

  test.each(kinds)("%s imports the protocol and its own folder", (name) => {
    const foreign = modules.get(name)!.imports.filter(({ target, local, typeOnly }) => {
      if (typeOnly) return false;
      return !local || !(target.startsWith("netlink/") || target.startsWith("rtnl/link/kinds/"));
    });
    expect(foreign).toEqual([]);
  });

  test("each is used by the index", () => {
    const used = closure("rtnl/link/kinds/index.ts");
    expect(kinds.filter((name) => !used.has(name))).toEqual([]);
    expect(kinds.length).toBeGreaterThan(8);
  });
});

describe("native code", () => {
  const loading = (module: string) =>
    [...modules]
      .filter(([, { imports }]) =>
        imports.some(
          ({ target, typeOnly }) => !typeOnly && (target === module || target.startsWith(`${module}/`)),
        ),
      )
      .map(([name]) => name);

  test("only one file loads koffi", () => {
    expect(loading("koffi")).toEqual(["netlink/socket/libc.ts"]);
  });

  test("only one file loads unix-dgram", () => {
    expect(loading("unix-dgram")).toEqual(["netlink/socket/unix-dgram-binding.ts"]);
    const addons = [...modules].filter(([, { text }]) => /\.node["'`]/.test(text)).map(([name]) => name);
    expect(addons).toEqual(["netlink/socket/unix-dgram-binding.ts"]);
  });
});

test.each([...modules])("%s is no longer than 450 lines", (_name, { lines }) => {
  expect(lines).toBeLessThanOrEqual(450);
});
