import { ManagedIdentityCredential } from '@azure/identity';

/** The bot's own identity in Azure: the one that is assigned to it by its user, or that of the machine. */
export const managedIdentity = (clientId?: string): ManagedIdentityCredential =>
  clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
