import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

const logged = (form: "json" | "lines"): string => {
  const script = `
    import { createLog } from "./src/core/log.ts";
    const log = createLog("info", "${form}");
    log.debug("Too quiet");
    log.info("Model asked", { model: "x/y", apiKey: "s3cret", request: { authorization: "Bearer s3cret" }, url: "postgres://u:s3cret@h" });
    log.error("Broken", { error: new Error("deep") });`;
  const { stderr, stdout, status } = spawnSync(
    process.execPath,
    ["--input-type=module-typescript", "-e", script],
    { encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  assert.equal(stdout, "", "logs leave standard output alone");
  return stderr;
};

for (const form of ["json", "lines"] as const) {
  test(`${form}: levels are kept, secrets are hidden, errors keep their trace`, () => {
    const text = logged(form);
    assert.doesNotMatch(text, /s3cret|Too quiet/);
    assert.match(text, /Model asked/);
    assert.match(text, /hidden/);
    assert.match(text, /Error: deep/);
    if (form === "json")
      assert.deepEqual(
        text
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line).level),
        ["info", "error"],
      );
  });
}
