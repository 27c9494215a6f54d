// An instance with the AWS SDK for JavaScript.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import * as aws from "@aws-sdk/client-lightsail";

const binary =
  process.env.PAPERSAIL ?? fileURLToPath(new URL("../../build/release/papersail", import.meta.url));
let server, lightsail;

before(async () => {
  server = spawn(binary, ["serve", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) {
    const endpoint = line.match(/http:\S+/)[0];
    const credentials = { accessKeyId: "200000000001", secretAccessKey: "test" };
    lightsail = new aws.Lightsail({ endpoint, region: "us-east-1", credentials });
    break;
  }
  server.stdout.resume();
});

after(() => {
  lightsail.destroy();
  server.kill();
});

async function succeed({ operations }) {
  for (const { id: operationId } of operations) {
    for (let tries = 0; ; ++tries) {
      const { operation } = await lightsail.getOperation({ operationId });
      if (operation.status === "Succeeded") break;
      assert.ok(tries < 200, `still ${operation.status}`);
      await setTimeout(20);
    }
  }
}

test("an instance: is created, stopped, started and deleted", async () => {
  const begun = Date.now();
  const created = await lightsail.createInstances({
    instanceNames: ["web"],
    availabilityZone: "us-east-1a",
    blueprintId: "ubuntu_24_04",
    bundleId: "nano_3_0",
    tags: [{ key: "stage", value: "test" }],
  });
  assert.equal(created.operations.length, 1);
  assert.equal(created.operations[0].status, "Started");
  assert.ok(created.operations[0].createdAt instanceof Date);
  await succeed(created);
  assert.ok(Date.now() - begun < 2000);

  const { instance } = await lightsail.getInstance({ instanceName: "web" });
  assert.deepEqual(instance.state, { code: 16, name: "running" });
  assert.deepEqual(instance.tags, [{ key: "stage", value: "test" }]);
  assert.deepEqual(instance.networking.ports.map((port) => port.fromPort).sort(), [22, 80]);
  assert.ok(instance.createdAt instanceof Date);
  assert.ok(Math.abs(instance.createdAt - begun) < 60_000);

  const { operation } = await lightsail.putInstancePublicPorts({
    instanceName: "web",
    portInfos: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrs: ["203.0.113.7/32"] }],
  });
  assert.equal(operation.status, "Succeeded");
  const { portStates } = await lightsail.getInstancePortStates({ instanceName: "web" });
  assert.deepEqual(portStates.map((port) => port.cidrs), [["203.0.113.7/32"]]);

  await succeed(await lightsail.stopInstance({ instanceName: "web" }));
  const stopped = (await lightsail.getInstance({ instanceName: "web" })).instance;
  assert.equal(stopped.state.name, "stopped");
  assert.equal(stopped.publicIpAddress, undefined);
  await succeed(await lightsail.startInstance({ instanceName: "web" }));

  await lightsail.deleteInstance({ instanceName: "web" });
  await assert.rejects(lightsail.getInstance({ instanceName: "web" }), aws.NotFoundException);
});

test("errors: are classes of the SDK", async () => {
  await assert.rejects(lightsail.getInstance({ instanceName: "nobody" }), (error) => {
    assert.ok(error instanceof aws.NotFoundException);
    assert.equal(error.message, "The Instance does not exist: nobody");
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.match(error.$metadata.requestId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    return true;
  });
  await lightsail.createKeyPair({ keyPairName: "mine" });
  await assert.rejects(lightsail.createKeyPair({ keyPairName: "mine" }), (error) => {
    assert.ok(error instanceof aws.InvalidInputException);
    assert.equal(error.code, "NameExists");
    return true;
  });
});
