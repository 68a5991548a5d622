import express from "express";
import { untilEnded } from "./operationStatus";

const portal = express();

portal.get("/portal/operations/:id", async (request, response) => {
  response.json(await untilEnded(request.params.id));
});

portal.listen(8080);
