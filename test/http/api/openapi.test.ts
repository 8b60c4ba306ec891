import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { describeApi } from '../../../bot/http/api/openapi.ts';
import { route } from '../../../bot/http/api/route.ts';
import { routes } from '../../../bot/http/api/routes.ts';
import { type App, openApp } from '../../support/app.ts';
import { type DeskApi, openDeskApi } from '../../support/desk-api.ts';

type Schema = Record<string, any>;
const document: Schema = describeApi(routes);
const operations = Object.entries(document['paths'] as Schema).flatMap(([path, methods]) =>
  Object.entries(methods as Schema).map(([method, operation]) => ({ path, method, operation: operation as Schema })),
);
const ajv = () => (addFormats as unknown as (ajv: Ajv2020) => Ajv2020)(new Ajv2020({ strict: false }));

/** Every schema in which something is named. */
function* objectsIn(schema: unknown): Generator<Schema> {
  if (typeof schema !== 'object' || schema === null) return;
  if ((schema as Schema)['type'] === 'object') yield schema;
  for (const inner of Object.values(schema)) yield* objectsIn(inner);
}

describe('The description of the API', () => {
  it('has an operation for every route, each with a name of its own', () => {
    assert.equal(operations.length, routes.length);
    assert.equal(new Set(operations.map(({ operation }) => operation['operationId'])).size, routes.length);
  });

  it('holds valid JSON Schema (2020-12), as OpenAPI 3.1 wants', () => {
    for (const { path, method, operation } of operations) {
      const bodies = [operation['responses'][200].content, operation['requestBody']?.content ?? {}];
      const schemas = bodies.flatMap((content) => Object.values(content as Schema).map(({ schema }) => schema));
      for (const { schema } of operation['parameters']) schemas.push(schema);
      for (const schema of schemas) assert.ok(ajv().validateSchema(schema), `${method} ${path}`);
    }
  });

  it('names each part of a path once, as a part of it, and nothing else so', () => {
    for (const { path, operation } of operations) {
      const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const named = (operation['parameters'] as Schema[]).filter((one) => one['in'] === 'path');
      assert.deepEqual(
        named.map(({ name }) => name),
        parts,
        path,
      );
      assert.ok(named.every(({ required }) => required === true));
      assert.doesNotMatch(path, /:/);
    }
  });

  it('takes a body for whatever changes something, and none for reading', () => {
    for (const { method, operation } of operations)
      assert.equal('requestBody' in operation, method !== 'get', operation['operationId']);
  });

  // An object that merely drops what it does not name is not strict: it would hide the fault.
  for (const side of ['input', 'output'] as const)
    it(`is of strict schemas, however deep: ${side}`, () => {
      for (const one of routes)
        for (const object of objectsIn(z.toJSONSchema(one[side], { io: 'input', unrepresentable: 'any' })))
          assert.notEqual(
            object['additionalProperties'],
            undefined,
            `${one.method} ${one.path}: ${JSON.stringify(object)}`,
          );
    });

  it('splits what a route takes into path, query and body', () => {
    const input = z.strictObject({ id: z.string(), after: z.string().optional(), n: z.coerce.number() });
    const of = (method: 'get' | 'post') =>
      route({
        method,
        path: '/api/test/:id/part',
        may: ['curator'],
        input,
        output: z.strictObject({}),
        act: async () => ({}),
      });
    const described: Schema = describeApi([of('get'), of('post')]);
    const { get, post } = described['paths']['/api/test/{id}/part'];
    assert.deepEqual(
      get.parameters.map(({ name, in: place, required }: Schema) => [name, place, required]),
      [
        ['id', 'path', true],
        ['after', 'query', false],
        ['n', 'query', get.parameters[2].required],
      ],
    );
    assert.equal(get.summary, 'For: curator');
    const body = post.requestBody.content['application/json'].schema;
    assert.deepEqual(Object.keys(body.properties), ['after', 'n']);
    assert.ok(!body.required.includes('id'));
    assert.notEqual(get.operationId, post.operationId);
  });

  describe('is served', () => {
    let app: App;
    let desk: DeskApi;
    before(async () => {
      app = await openApp();
      desk = await openDeskApi(app);
    });
    after(async () => {
      await desk.stop();
      await app.close();
    });

    it('at /api/openapi.json, to whoever asks', async () => {
      const { status, body, headers } = await desk.send('/api/openapi.json', {});
      assert.equal(status, 200);
      assert.equal(body.openapi, '3.1.0');
      assert.deepEqual(body, JSON.parse(JSON.stringify(document)));
      const again = await desk.send('/api/openapi.json', { headers: { 'if-none-match': headers.get('etag') ?? '' } });
      assert.equal(again.status, 304);
    });
  });
});
