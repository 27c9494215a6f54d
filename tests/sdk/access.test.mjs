// Strict signatures with the AWS SDK for JavaScript, which also signs the body's hash.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as aws from "@aws-sdk/client-lightsail";

const binary =
  process.env.PAPERSAIL ?? fileURLToPath(new URL("../../build/release/papersail", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "papersail-"));
let server, endpoint;

before(async () => {
  const keys = { AKIDEXAMPLE: { secret: "s/e+cret", account: "123456789012" } };
  writeFileSync(join(folder, "keys.json"), JSON.stringify(keys));
  const flags = ["serve", "--port", "0", "--auth", "strict", "--credentials", `${folder}/keys.json`];
  server = spawn(binary, flags, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    endpoint = line.match(/http:\S+/)[0];
    break;
  }
  server.stdout.resume();
});

after(() => {
  server.kill();
  rmSync(folder, { recursive: true });
});

async function with_secret(secretAccessKey, ask) {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey };
  const lightsail = new aws.Lightsail({ endpoint, region: "eu-west-1", credentials, maxAttempts: 1 });
  try {
    return await ask(lightsail);
  } finally {
    lightsail.destroy();
  }
}

test("--auth strict: accepts a valid signature", async () => {
  const { keyPair } = await with_secret("s/e+cret", (lightsail) =>
    lightsail.createKeyPair({ keyPairName: "mine" }),
  );
  assert.match(keyPair.arn, /^arn:aws:lightsail:eu-west-1:123456789012:KeyPair\//);
});

test("--auth strict: refuses a wrong secret", async () => {
  await assert.rejects(
    with_secret("wrong", (lightsail) => lightsail.getInstances({})),
    { name: "InvalidSignatureException", message: /^The request signature we calculated does not/ },
  );
});
