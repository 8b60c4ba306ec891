import type { Deps } from '../../app/ports.ts';
import { makeSignIn, type SignIn, type SignInSettings } from '../sign-in.ts';
import { makeSigningKeys } from '../signing-keys.ts';
import { makeRate } from './rate.ts';
import type { AnyRoute } from './route.ts';
import type { ApiNeeds } from './serve.ts';

export interface OpenNeeds {
  deps: Deps;
  routes: readonly AnyRoute[];
  config: {
    readonly signIn: SignInSettings | undefined;
    readonly serviceUrl: string;
    readonly publicUrl: string;
    readonly tenant: string;
  };
  /** Milliseconds that only grow. */
  uptime: () => number;
  counted: ApiNeeds['counted'] | undefined;
}

/** Where nobody can sign in, everybody is signed out. */
const NOBODY: SignIn = () => Promise.resolve('signed-out');

/** Makes what the routes need out of the settings. */
export function makeApi({ deps, routes, config, uptime, counted }: OpenNeeds): ApiNeeds {
  const { signIn: settings, tenant, serviceUrl, publicUrl } = config;
  const now = () => deps.clock.now();
  const fault = (error: unknown) => deps.fault(error);
  const keys = settings && makeSigningKeys({ url: settings.keys, issuer: settings.issuer, uptime, fault });
  return {
    deps,
    routes,
    signIn: settings && keys ? makeSignIn(settings, { keyOf: keys, now }) : NOBODY,
    tenant,
    serviceUrl,
    publicUrl,
    rate: makeRate(uptime),
    ...(counted === undefined ? {} : { counted }),
  };
}
