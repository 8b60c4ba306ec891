import { z } from 'zod';
import type { AnyRoute } from './route.ts';
import { No } from './say-no.ts';
import { streamedType } from './streamed.ts';

type Schema = Record<string, unknown>;
interface ObjectSchema {
  properties?: Record<string, Schema>;
  required?: string[];
}

/** The API as OpenAPI 3.1 describes one, made of the very schemas by which requests are read and answers written. */
export function describeApi(routes: readonly AnyRoute[]): Schema {
  const paths: Record<string, Record<string, Schema>> = {};
  for (const route of routes) (paths[bracketed(route.path)] ??= {})[route.method] = describeRoute(route);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Forthright',
      version: '1',
      description: 'The desk of Forthright. Each answer to a GET has an ETag. Every “no” reads like No.',
    },
    security: [{ signIn: [] }],
    paths,
    components: {
      securitySchemes: {
        signIn: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'An access token of Microsoft Entra ID, version 2.0, with the scope access_as_user.',
        },
      },
      schemas: { No: schemaOf(No, 'output') },
    },
  };
}

const bracketed = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _dialect, '~standard': _standard, ...rest } = z.toJSONSchema(schema, { io }) as Schema;
  return rest;
}

function describeRoute({ method, path, may, input, output }: AnyRoute): Schema {
  const taken = schemaOf(input, 'input');
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const hasBody = method !== 'get';
  return {
    operationId: `${method} ${path}`.replaceAll(/[^a-zA-Z]+(\w)/g, (_gap, next: string) => next.toUpperCase()),
    summary: may === 'everyone' ? 'For everyone of the organisation' : `For: ${may.join(', ')}`,
    parameters: [
      ...inPath.map((name) => parameter(name, 'path', taken)),
      ...(hasBody ? [] : namesIn(taken, inPath).map((name) => parameter(name, 'query', taken))),
    ],
    ...(hasBody ? { requestBody: { required: true, content: json(without(taken, inPath)) } } : {}),
    responses: {
      200: { description: 'Done', content: contentOf(output) },
      ...(hasBody ? {} : { 304: { description: 'What If-None-Match names still holds' } }),
      default: { description: 'A “no”', content: json({ $ref: '#/components/schemas/No' }) },
    },
  };
}

/** What is written while it is read is a file of its own type. */
function contentOf(output: z.ZodType): Schema {
  const type = streamedType(output);
  return type !== undefined ? { [type]: { schema: { type: 'string' } } } : json(schemaOf(output, 'output'));
}

const json = (schema: Schema): Schema => ({ 'application/json': { schema } });

const namesIn = ({ properties = {} }: ObjectSchema, inPath: string[]): string[] =>
  Object.keys(properties).filter((name) => !inPath.includes(name));

function parameter(name: string, place: 'path' | 'query', { properties = {}, required = [] }: ObjectSchema): Schema {
  const schema = properties[name] ?? { type: 'string' };
  return { name, in: place, required: place === 'path' || required.includes(name), schema };
}

/** The body: what is left once the path has its own. */
function without(schema: Schema, names: string[]): Schema {
  const { properties = {}, required = [] } = schema as ObjectSchema;
  if (names.length === 0 || schema['type'] !== 'object') return schema;
  const left = Object.entries(properties).filter(([name]) => !names.includes(name));
  return {
    ...schema,
    properties: Object.fromEntries(left),
    required: required.filter((name) => !names.includes(name)),
  };
}
