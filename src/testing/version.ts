import { existsSync, readFileSync } from "node:fs";

/** `nlkit 0.1.0`: the package this file is part of, from source as from dist. */
export function libraryVersion(): string {
  for (const up of ["../", "../../", "../../../"]) {
    const file = new URL(`${up}package.json`, import.meta.url);
    if (!existsSync(file)) continue;
    const { name, version } = JSON.parse(readFileSync(file, "utf8")) as { name: string; version: string };
    if (name === "nlkit") return `${name} ${version}`;
  }
  return "nlkit";
}
