import assert from "node:assert/strict";
import { test } from "node:test";
import { freeEndpoints } from "../run/ports.ts";
import { childrenOf, until } from "../testing/processes.ts";
import { SceneWorld } from "../wire/world.ts";
import { FreeEnd } from "./free-end.ts";
import { NoAnswer, type StepResult, type StepRunner } from "./step-runner.ts";
import { withTimeout } from "./wait.ts";

/** A runner that keeps what each step came to, and looks at nothing. */
class Notebook implements StepRunner {
  readonly outcomes: StepResult["outcome"][] = [];

  async runStep({ prepare, execute }: Parameters<StepRunner["runStep"]>[0]): Promise<void> {
    await prepare?.();
    this.outcomes.push((await execute()).outcome);
  }

  readTape(): void {}

  writeMade(): never {
    throw new Error("nothing is made here");
  }
}

async function twoEnds() {
  const { client: local, server: remote } = await freeEndpoints("ipv4");
  const notebook = new Notebook();
  const world = new SceneWorld(undefined, undefined);
  const client = new FreeEnd({ end: "client", local, remote, world }, notebook);
  const server = new FreeEnd({ end: "server", local: remote, remote: local, world }, notebook);
  return { client, server, notebook };
}

test("an end that dies in the middle: no call of either end waits for ever, each says what is wrong", async () => {
  const { client, server, notebook } = await twoEnds();
  await using _client = client;
  await using _server = server;
  await server.listen();
  await client.connect();
  await server.accept();
  await server.abort();
  await client.receive();
  notebook.outcomes.length = 0;
  for (const end of [client, server]) {
    await end.send("more");
    await end.shutdown();
    await end.close();
  }
  assert.deepEqual(
    notebook.outcomes,
    Array.from({ length: 6 }, () => ({ ok: false, error: "ERR_STREAM_DESTROYED" })),
  );
});

test("closing what has ended its direction before is no error", async () => {
  const { client, server, notebook } = await twoEnds();
  await using _client = client;
  await using _server = server;
  await server.listen();
  await client.connect();
  await server.accept();
  await client.shutdown();
  await client.close();
  assert.deepEqual(notebook.outcomes.slice(-2), [{ ok: true }, { ok: true }]);
});

test("a program that is killed in the middle ends the scene, and is no refusal of the kernel's", async () => {
  const { client, server } = await twoEnds();
  await using _client = client;
  await using _server = server;
  await server.listen();
  const before = childrenOf(process.pid); // the loader of TypeScript has a process of its own
  const running = client.runProgram();
  const outcome = assert.rejects(running, (error) => {
    assert.ok(error instanceof NoAnswer);
    assert.match(error.message, /^the client's program was ended by SIGKILL$/);
    return true;
  });
  process.kill(
    await until("the program", () => childrenOf(process.pid).find((child) => !before.includes(child))),
    "SIGKILL",
  );
  await outcome;
});

test("a call that is never answered is given up", async () => {
  await assert.rejects(withTimeout(new Promise(() => {}), "the client's close", 10), {
    message: "the client's close: no answer within 10 ms",
  });
});
