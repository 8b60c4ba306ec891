import { isLoopback, regionOf } from '../domain/region.ts';

/** Tells whether a request may be sent there. In local mode, and only there, to this machine itself. */
export const isTrusted = (serviceUrl: string, isLocal: boolean): boolean =>
  isLocal ? isLoopback(serviceUrl) : regionOf(serviceUrl) !== undefined;
