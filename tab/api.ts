import type { z } from 'zod';
import type { Method } from '../bot/http/api/route.ts';
import type { routes } from '../bot/http/api/routes.ts';
import { isRefused, type Refused, request } from './request.ts';

export { isRefused, type Refused };

type Routes = (typeof routes)[number];
type On<M extends Method, P extends string> = Extract<Routes, { method: M; path: P }>;
/** The paths of the routes with this method, such as `/api/questions/:id`. */
export type PathOf<M extends Method> = Extract<Routes, { method: M }>['path'];
/** What a route takes: values for its path, its query and its body, in one flat object. */
export type Input<M extends Method, P extends string> = z.input<On<M, P>['input']>;
/** What a route answers. */
export type Output<M extends Method, P extends string> = z.output<On<M, P>['output']>;
/** Left out where a route takes nothing, or nothing that it must have. */
export type Given<M extends Method, P extends string> =
  Partial<Input<M, P>> extends Input<M, P> ? [input?: Input<M, P>] : [input: Input<M, P>];

type Fields = Readonly<Record<string, unknown>>;

/** Puts values into a path, as in `/api/questions/:id`; gives what is left of them. */
export function fillPath(path: string, input: Fields): { path: string; rest: Fields } {
  const rest: Record<string, unknown> = { ...input };
  const filled = path.replaceAll(/:(\w+)/g, (_whole, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  return { path: filled, rest };
}

/** The address of something to read. What is undefined or empty is left out; a list stands once for each. */
export function addressFor(pattern: string, input: Fields = {}): string {
  const { path, rest } = fillPath(pattern, input);
  const wanted = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(
    wanted.flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)])),
  ).toString();
  return query === '' ? path : `${path}?${query}`;
}

const acts = new EventTarget();
/** Tells when this person has changed something: what is shown may be old. */
export function onAct(tell: () => void): () => void {
  acts.addEventListener('act', tell);
  return () => acts.removeEventListener('act', tell);
}

async function act(method: Exclude<Method, 'get'>, pattern: string, input: Fields = {}): Promise<unknown> {
  const { path, rest } = fillPath(pattern, input);
  const answer = await request({ method, address: path, body: rest });
  if (isRefused(answer)) return answer;
  acts.dispatchEvent(new Event('act'));
  return answer.body;
}

/** Reads once. Pages that stay open use `usePolled`. */
export async function get<P extends PathOf<'get'>>(
  path: P,
  ...[input]: Given<'get', P>
): Promise<Output<'get', P> | Refused> {
  const answer = await request({ method: 'get', address: addressFor(path, input) });
  return isRefused(answer) ? answer : (answer.body as Output<'get', P>);
}

/** What acting gives: a "no" is shown where the person acted, and what was typed stays. */
type Acted<M extends Method, P extends string> = Promise<Output<M, P> | Refused>;

export const post = <P extends PathOf<'post'>>(path: P, ...[input]: Given<'post', P>) =>
  act('post', path, input) as Acted<'post', P>;
export const put = <P extends PathOf<'put'>>(path: P, ...[input]: Given<'put', P>) =>
  act('put', path, input) as Acted<'put', P>;
export const remove = <P extends PathOf<'delete'>>(path: P, ...[input]: Given<'delete', P>) =>
  act('delete', path, input) as Acted<'delete', P>;
