/**
 * Bundles the entries of a package that share their modules, what one of them needs in one file a layer.
 *
 * By itself esbuild makes a file of the modules that the same entries need: dozens, and Node takes half a millisecond to
 * find and open each. So an entry that needs a module of a layer gets the whole layer.
 */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type BuildOptions, build, type Metafile, type Plugin } from "esbuild";

/** Modules that make a layer with what they import, as far as lower layers do not have it. */
export type Layer = readonly string[];

/** @param layers - from the bottom; the last one is the entry that is to have few files: layers have what it needs. */
export async function bundle(
  entryPoints: Record<string, string>,
  layers: readonly Layer[],
  options: BuildOptions,
): Promise<void> {
  const shared: BuildOptions = { ...options, bundle: true, splitting: true, format: "esm" };
  const given = Object.values(entryPoints);
  const roots = layers.flat().filter((path) => !given.includes(path));
  const tried = await build({
    ...shared,
    entryPoints: { ...entryPoints, ...Object.fromEntries(roots.map((path) => [path, path])) },
    write: false,
    metafile: true,
  });
  await build({ ...shared, entryPoints, plugins: [layered(planOf(tried.metafile!, layers, roots))] });
}

interface Plan {
  /** The modules of each layer. */
  readonly layers: readonly ReadonlySet<string>[];
  /** The layers that each entry needs something of; what `import()` loads is an entry too. */
  readonly entries: ReadonlyMap<string, readonly number[]>;
}

function planOf({ inputs, outputs }: Metafile, layers: readonly Layer[], roots: readonly string[]): Plan {
  const loaded = new Map<string, ReadonlySet<string>>();
  for (const [name, { entryPoint }] of Object.entries(outputs))
    if (entryPoint !== undefined) loaded.set(entryPoint, modulesOf(outputs, name));
  const needed = loaded.get(layers.at(-1)![0]!)!;
  const layerOf = new Map<string, number>();
  for (const [layer, own] of layers.entries())
    for (const path of own.flatMap((root) => [...loaded.get(root)!]))
      if (needed.has(path) && path.startsWith("src/") && !layerOf.has(path)) layerOf.set(path, layer);
  const modules = layers.map(
    (_, layer) => new Set([...layerOf.keys()].filter((path) => layerOf.get(path) === layer)),
  );

  const layersOf = (entry: string): number[] => {
    const found = new Set<number>();
    const paths = new Set(loaded.get(entry));
    for (const path of paths) {
      const layer = layerOf.get(path);
      if (layer !== undefined && !found.has(layer)) {
        found.add(layer);
        for (const other of modules[layer]!) paths.add(other);
      }
      for (const { path: imported, kind } of inputs[path]?.imports ?? [])
        if (kind === "import-statement" && layerOf.has(imported)) paths.add(imported);
    }
    return [...found];
  };
  const entries = [...loaded.keys()].filter((path) => !roots.includes(path));
  return { layers: modules, entries: new Map(entries.map((entry) => [entry, layersOf(entry)])) };
}

/** The modules in an output of esbuild's, and in those that it imports. */
function modulesOf(outputs: Metafile["outputs"], name: string, found = new Set<string>()): Set<string> {
  const { inputs, imports } = outputs[name]!;
  for (const path of Object.keys(inputs)) found.add(path);
  for (const { path, kind, external } of imports)
    if (kind === "import-statement" && !external) modulesOf(outputs, path, found);
  return found;
}

/** Has each entry import its layers, and each layer its modules. */
function layered({ layers, entries }: Plan): Plugin {
  const importing = (paths: readonly string[]) =>
    paths.map((path) => `import ${JSON.stringify(path)};`).join("");
  const layersOf = new Map([...entries].map(([entry, needed]) => [resolve(entry), needed]));
  const inLayers = new Set(layers.flatMap((modules) => [...modules].map((path) => resolve(path))));
  return {
    name: "layered",
    setup(esbuild) {
      // Without side effects what is imported for nothing but being there would be left out.
      esbuild.onResolve({ filter: /^layer:/ }, ({ path }) => ({
        path,
        namespace: "layer",
        sideEffects: true,
      }));
      esbuild.onResolve({ filter: /\.ts$/ }, (args) => {
        const path = resolve(args.resolveDir, args.path);
        return { path, sideEffects: inLayers.has(path) };
      });
      esbuild.onLoad({ filter: /^/, namespace: "layer" }, ({ path }) => {
        const modules = [...layers[Number(path.slice("layer:".length))]!].map((module) => resolve(module));
        return {
          contents: importing(modules.filter((module) => !layersOf.has(module))),
          resolveDir: resolve(),
        };
      });
      esbuild.onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const needed = layersOf.get(path)?.map((layer) => `layer:${layer}`);
        if (!needed) return undefined;
        const contents = readFileSync(path, "utf8") + importing(needed);
        return { contents, loader: "ts", resolveDir: dirname(path) };
      });
    },
  };
}
