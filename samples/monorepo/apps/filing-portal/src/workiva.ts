import axios from "axios";

/** The portal's one way to Workiva: base, token and version belong here. */
export const workiva = axios.create({
  baseURL: process.env.WORKIVA_BASE_URL ?? "https://api.eu.wdesk.com/platform/v1",
  headers: { "X-Version": "2022-01-01" },
});

workiva.interceptors.request.use((config) => {
  config.headers.set("Authorization", `Bearer ${process.env.WORKIVA_TOKEN}`);
  return config;
});
