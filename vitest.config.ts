import { defineConfig } from "vitest/config";

// The package's own name in the examples: its source.
const alias = [
  { find: /^nlkit$/, replacement: `${import.meta.dirname}/src/index.ts` },
  { find: /^nlkit\/(\w+)$/, replacement: `${import.meta.dirname}/src/$1/index.ts` },
];

// Worker threads cannot load unix-dgram (it uses the default loop), so every test file is a process of its own.
export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          pool: "forks",
          include: ["test/unit/**/*.test.ts", "examples/testing/*.test.ts"],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: "kernel",
          pool: "forks",
          include: ["test/kernel/**/*.test.ts"],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
