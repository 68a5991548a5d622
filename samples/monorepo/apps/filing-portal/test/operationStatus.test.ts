import nock from "nock";
import { expect, test } from "vitest";
import { untilEnded } from "../src/operationStatus";

test("an operation that has ended is not asked for again", async () => {
  nock("https://api.eu.wdesk.com")
    .get("/platform/v1/operations/op-7")
    .reply(200, { id: "op-7", status: "completed", resourceUrl: null });
  expect((await untilEnded("op-7")).status).toBe("completed");
});
