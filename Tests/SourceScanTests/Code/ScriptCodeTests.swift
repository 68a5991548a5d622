import Testing

@Suite("Code: JavaScript and TypeScript")
struct ScriptCodeTests {
    static let cases: [CodeCase] = [
        CodeCase(
            "literal, concatenation and template in fetch", "a.js",
            """
            export const one = () => fetch(1️⃣'https://api.app.wdesk.com/platform/v1/operations/5');
            export function two(ident) {
              return fetch(2️⃣'https://api.eu.wdesk.com/platform/v1/operations/' + encodeURIComponent(ident), {
                headers: { 'X-Version': '2022-01-01' },
              });
            }
            export const three = async (region, ident) =>
              (await fetch(3️⃣`https://api.${region}.wdesk.com/platform/v1/operations/${ident}`)).json();
            """, "1️⃣ call fetch implicit", "2️⃣ call fetch 2022-01-01", "3️⃣ call fetch implicit"),
        CodeCase(
            "constants of the file, an object's entries, a function that builds the URL", "a.js",
            """
            const ROOT = 'https://api.app.wdesk.com/platform/v1';
            const paths = { list: '/operations', one: (ident) => `1️⃣/operations/${ident}` };
            const pathOf = (ident) => 2️⃣`${ROOT}/operations/${ident}`;

            export const first = (ident) => axios.get(ROOT + paths.one(ident));
            export const second = (ident) => axios(pathOf(ident));
            export const list = () => axios.get(ROOT + paths.list);
            """, "1️⃣ call axios implicit", "2️⃣ call axios implicit"),
        CodeCase(
            "constants of another file, both module systems",
            [
                "lib/places.js": """
                const HOST = 'https://api.apac.wdesk.com';
                module.exports = { HOST, PREFIX: HOST + '/platform/v1' };
                """,
                "lib/read.js": """
                const https = require('https');
                const { PREFIX } = require('./places');
                const places = require('./places');

                exports.one = (ident, done) => https.get(`1️⃣${PREFIX}/operations/${ident}`, done);
                exports.two = (ident, done) => https.get(places.PREFIX + 2️⃣'/operations/' + ident, done);
                """,
                "src/places.ts": """
                export const base = 'https://api.app.wdesk.com/platform/v1';
                export const version = '2022-01-01' as const;
                """,
                "src/read.ts": """
                import ky from 'ky';
                import { base, version } from './places';

                export const read = (ident: string) =>
                  ky.get(3️⃣`${base}/operations/${ident}`, { headers: { 'X-Version': version } }).json();
                """,
            ], "1️⃣ call node-http implicit", "2️⃣ call node-http implicit",
            "3️⃣ call ky 2022-01-01"),
        CodeCase(
            "node's options, a URL object, superagent and got", "a.mjs",
            """
            import https from 'node:https';
            import got from 'got';
            import superagent from 'superagent';

            export function one(ident) {
              const ask = https.request({ hostname: 'api.app.wdesk.com', path: 1️⃣`/platform/v1/operations/${ident}`, method: 'GET' });
              ask.setHeader('X-Version', '2022-01-01');
              ask.end();
            }
            export const two = (ident) => got(new URL(2️⃣`/platform/v1/operations/${ident}`, 'https://api.app.wdesk.com'));
            export const three = (ident) =>
              superagent.get(3️⃣'https://api.app.wdesk.com/platform/v1/operations/' + ident).set('X-Version', '2022-01-01');
            export const four = (ident) => got.delete(`https://api.app.wdesk.com/platform/v1/operations/${ident}`);
            """, "1️⃣ call node-http 2022-01-01", "2️⃣ call got implicit",
            "3️⃣ call superagent 2022-01-01"),
        CodeCase(
            "an XMLHttpRequest and jQuery", "a.js",
            """
            function ask(ident) {
              var wire = new XMLHttpRequest();
              wire.open('GET', 1️⃣'https://api.app.wdesk.com/platform/v1/operations/' + ident, true);
              wire.setRequestHeader('X-Version', '2022-01-01');
              wire.onload = function () { show(wire.responseText); };
              wire.send();
            }
            function drop(ident) {
              var wire = new XMLHttpRequest();
              wire.open('DELETE', 'https://api.app.wdesk.com/platform/v1/operations/' + ident);
              wire.send();
            }
            function soft(ident) {
              return $.getJSON(2️⃣'https://api.app.wdesk.com/platform/v1/operations/' + ident);
            }
            """, "1️⃣ call xmlhttprequest 2022-01-01", "2️⃣ call jquery implicit"),
        CodeCase(
            "a class whose methods add base and version", "a.ts",
            """
            import axios, { type AxiosInstance } from 'axios';

            export class Gate {
              private readonly web: AxiosInstance;
              constructor(root = 'https://api.app.wdesk.com/platform/v1', version = '2022-01-01') {
                this.web = axios.create({ baseURL: root, headers: { common: { 'X-Version': version } } });
              }
              async operation(ident: string): Promise<unknown> {
                const { data } = await this.web.get(1️⃣`operations/${ident}`);
                return data;
              }
              async results(ident: string) { return this.web.get(`operations/${ident}/results`); }
            }
            """, "1️⃣ call axios 2022-01-01"),
        CodeCase(
            "the version from the environment with a fallback, from an argument, in Headers",
            "a.ts",
            """
            const ROOT = 'https://api.app.wdesk.com/platform/v1';

            export const one = (ident: string) =>
              fetch(1️⃣`${ROOT}/operations/${ident}`, { headers: { 'X-Version': process.env.WDESK_VERSION ?? '2022-01-01' } });
            export const two = (ident: string, version: string) =>
              fetch(2️⃣`${ROOT}/operations/${ident}`, { headers: { 'X-Version': version } });
            export async function three(ident: string) {
              const headers = new Headers();
              headers.set('X-Version', '2026-01-01');
              return fetch(3️⃣`${ROOT}/operations/${ident}`, { headers });
            }
            """, "1️⃣ call fetch dynamic", "2️⃣ call fetch dynamic", "3️⃣ call fetch 2026-01-01 half"),
        CodeCase(
            "loops, timers and recursion", "a.js",
            """
            const ROOT = 'https://api.app.wdesk.com/platform/v1';
            const nap = (ms) => new Promise((go) => setTimeout(go, ms));

            export async function patient(ident) {
              for (;;) {
                const reply = await fetch(1️⃣`${ROOT}/operations/${ident}`);
                if ((await reply.json()).status === 'completed') return;
                await nap(1000 * Number(reply.headers.get('Retry-After') || 1));
              }
            }
            export async function hasty(ident) {
              let state;
              do {
                state = await (await fetch(2️⃣`${ROOT}/operations/${ident}`)).json();
                await nap(250);
              } while (state.status !== 'completed');
            }
            export function timed(ident) {
              const timer = setInterval(async () => {
                const reply = await fetch(3️⃣`${ROOT}/operations/${ident}`);
                if (reply.ok) clearInterval(timer);
              }, 500);
            }
            export const all = (idents) => Promise.all(idents.map((ident) => fetch(4️⃣`${ROOT}/operations/${ident}`)));
            """, "1️⃣ call fetch implicit honoured", "2️⃣ call fetch implicit loop",
            "3️⃣ call fetch implicit loop", "4️⃣ call fetch implicit"),
        CodeCase(
            "other paths, methods, hosts and own routes", "a.ts",
            """
            import express from 'express';
            const app = express();
            const ROOT = 'https://api.app.wdesk.com/platform/v1';

            export async function others(ident: string) {
              await fetch(`${ROOT}/operations`);
              await fetch(`${ROOT}/operations/${ident}/copyFileResults`);
              await fetch(`${ROOT}/operations/${ident}`, { method: 'PATCH' });
              await axios.head(`${ROOT}/operations/${ident}`);
              await axios({ method: 'delete', url: `${ROOT}/operations/${ident}` });
              await fetch(`https://tasks.example/platform/v1/operations/${ident}`);
              await fetch(`https://api.app.wdesk.com/prototype/platform/operations/${ident}`);
            }
            app.get('/platform/v1/operations/:ident', (ask, reply) => reply.json({}));
            """),
        CodeCase(
            "migrated, and half migrated both ways", "a.ts",
            """
            const HOST = 'https://api.app.wdesk.com';
            const fresh = { 'X-Version': '2026-01-01' };

            export const done = (ident: string) => fetch(1️⃣`${HOST}/operations/${ident}`, { headers: fresh });
            export const bare = (ident: string) => fetch(2️⃣`${HOST}/operations/${ident}`);
            export const old = (ident: string) => fetch(3️⃣`${HOST}/platform/v1/operations/${ident}`, { headers: fresh });
            """, "1️⃣ call migrated fetch 2026-01-01", "2️⃣ call migrated fetch implicit half",
            "3️⃣ call fetch 2026-01-01 half"),
        CodeCase(
            "the link of a 202, kept, destructured and handed on", "a.ts",
            """
            import axios from 'axios';
            const ROOT = 'https://api.app.wdesk.com/platform/v1';

            export async function one(doc: string) {
              const begun = await axios.post(`${ROOT}/documents/${doc}/export`, { format: 'pdf' });
              return follow(begun.headers['location']);
            }
            async function follow(link: string) {
              while (true) {
                const reply = await 1️⃣axios.get(link);
                if (reply.data.status === 'completed') return reply.data;
              }
            }
            export async function two(doc: string) {
              const begun = await fetch(`${ROOT}/documents/${doc}/export`, { method: 'POST' });
              const { operationUrl } = await begun.json();
              return 2️⃣fetch(operationUrl);
            }
            """, "1️⃣ indirect axios implicit loop", "2️⃣ indirect fetch implicit"),
        CodeCase(
            "a library's method in the other spelling",
            [
                "a.ts": """
                import { Configuration, OperationsApi } from 'workiva_sdk';

                export class Reader {
                  private readonly api = new OperationsApi(new Configuration());
                  read(ident: string) { return this.api.1️⃣getOperationById({ operationId: ident }); }
                }
                """,
                "b.ts": """
                import { OperationsApi } from '@ledger/client';

                export const read = (api: OperationsApi, ident: string) => api.getOperationById(ident);
                """,
            ], "1️⃣ sdk-call implicit"),
        CodeCase(
            "doubles of four libraries", "a.ts",
            """
            import nock from 'nock';
            import fetchMock from 'fetch-mock';
            import MockAdapter from 'axios-mock-adapter';
            import { http, HttpResponse } from 'msw';

            export function prepare() {
              nock('https://api.app.wdesk.com').get(1️⃣'/platform/v1/operations/1').reply(200, {});
              fetchMock.get(2️⃣'https://api.app.wdesk.com/platform/v1/operations/1', {});
              const fake = new MockAdapter(axios);
              fake.onGet(3️⃣'https://api.app.wdesk.com/platform/v1/operations/1').reply(200);
              return [http.get(4️⃣'https://api.app.wdesk.com/platform/v1/operations/:ident', () => HttpResponse.json({}))];
            }
            """, "1️⃣ mock", "2️⃣ mock", "3️⃣ mock", "4️⃣ mock"),
        CodeCase(
            "a React component's effect and markup", "a.tsx",
            """
            import { useEffect, useState } from 'react';

            export function Status({ ident }: { ident: string }) {
              const [state, setState] = useState<string>();
              useEffect(() => {
                let live = true;
                fetch(1️⃣`https://api.app.wdesk.com/platform/v1/operations/${ident}`)
                  .then((reply) => reply.json())
                  .then((body) => live && setState(body.status));
                return () => { live = false; };
              }, [ident]);
              return <p title="GET /platform/v1/operations/{id}">2️⃣{state ?? 'unknown'}</p>;
            }
            """, "1️⃣ call fetch implicit", "2️⃣ mention medium"),
    ]

    @Test("finds what it must and nothing else", arguments: cases)
    func finds(_ code: CodeCase) async throws { try await code.check() }
}
