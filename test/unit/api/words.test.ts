import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { file, wordsPage } from "../../../scripts/words.ts";

test("docs/words.md has the words that the code has", () => {
  expect(readFileSync(file, "utf8")).toBe(wordsPage());
});
