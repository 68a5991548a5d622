import { Router } from "express";
import { bookings } from "./bookings.js";

export const routes = Router();

// What a forklift is doing. Nothing to do with any provider.
routes.get("/operations/:id", async (request, response) => {
  response.json(await bookings.find(request.params.id));
});
