import { z } from 'zod';
import type { Asker, Deps } from '../../app/ports.ts';
import type { Say } from '../../cards/say.ts';
import type { Role } from '../../domain/directory.ts';
import type { Refusal } from '../../domain/refusal.ts';

/** Who asks, from the verified token and from nowhere else. */
export interface Caller {
  /** The Microsoft Entra object id, lower case: by this the directory names people. */
  id: string;
  /** As the token tells it; used only where an asker chooses to sign. */
  name?: string | undefined;
  /** By the directory as it stands at this request. */
  roles: readonly Role[];
  /** The very hand that the same person has in the chat. Made on first use. */
  hand(): Asker;
}

/** What a route acts with. */
export interface Desk {
  deps: Deps;
  caller: Caller;
  /** The language that the page shows, such as `de` or `en-GB`. */
  locale: string;
  /** What the bot says in it, or in the default one. */
  say: Say;
}

export type Method = 'get' | 'post' | 'put' | 'delete';

/** One object for both sides: the page infers its types from it, and what it does not name never leaves the bot. */
export interface Route<M extends Method, Path extends string, Input extends z.ZodType, Output extends z.ZodType> {
  method: M;
  /** As `/api/questions/:id`. */
  path: Path;
  /** `everyone` of the organisation, or those roles alone. What they may do to one question is decided in app/. */
  may: 'everyone' | readonly Role[];
  /** Path, query and body as one flat object; values of path and query are texts. */
  input: Input;
  /** Strict, all the way down: an object with another field is a fault. */
  output: Output;
  act(desk: Desk, input: z.output<Input>): Promise<z.input<Output> | Refusal>;
}
export type AnyRoute = Route<Method, string, z.ZodType, z.ZodType>;

export const NOTHING = z.strictObject({});

/** Lists give `next` where there is more; the page sends it back as `after`. Means something to the store alone. */
export const Cursor = z.string().min(1).max(500);

/** Declares a route, its types kept. */
export function route<
  M extends Method,
  Path extends string,
  Output extends z.ZodType,
  Input extends z.ZodType = typeof NOTHING,
>(given: Omit<Route<M, Path, Input, Output>, 'input'> & { input?: Input }): Route<M, Path, Input, Output> {
  return { input: NOTHING as z.ZodType as Input, ...given };
}
