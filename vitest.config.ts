import { defineConfig } from "vitest/config";

// Worker threads cannot load unix-dgram (it uses the default loop), so every test file is a process of its own.
export default defineConfig({
  test: {
    pool: "forks",
    projects: [
      { test: { name: "unit", pool: "forks", include: ["test/unit/**/*.test.ts"], testTimeout: 30_000 } },
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
