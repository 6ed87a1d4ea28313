/** What importing a module costs: `import.ts MODULE`, or without one what there is to begin with. */
import { clock, peakMemory, print } from "./measure.ts";

const [module] = process.argv.slice(2);
const stop = clock();
if (module !== undefined) await import(module);
print("import", { ...stop(), rssKiB: peakMemory(), n: module === undefined ? 0 : 1, checksum: null });
