/** The Azure Cosmos DB that keeps the data in place of a file. */
export interface Cosmos {
  /** Empty where a file keeps them. */
  readonly endpoint: string;
  /** Empty where the bot's managed identity opens it. */
  readonly key: string;
  readonly database: string;
}

/** An emulator on this machine may go without encryption. */
const isAccount = (endpoint: string): boolean => {
  const { protocol, hostname } = URL.parse(endpoint) ?? {};
  return protocol === 'https:' || (protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1'));
};

export function needCosmos({ endpoint, key, database }: Cosmos, need: (holds: boolean, remedy: string) => void): void {
  need(
    endpoint === '' || isAccount(endpoint),
    'COSMOS_ENDPOINT is no Cosmos DB account. Leave it out, or set its address, such as https://my-account.documents.azure.com:443/',
  );
  need(
    key === '' || endpoint !== '',
    'COSMOS_KEY is set without COSMOS_ENDPOINT. Set both, or neither to keep the data in a file.',
  );
  need(
    key !== '' || !endpoint.startsWith('http:') || !isAccount(endpoint),
    'COSMOS_KEY is missing: a managed identity shows itself over https alone. Set the key of the emulator.',
  );
  need(
    /^[\w-]{1,100}$/.test(database),
    'COSMOS_DATABASE is no name of a database. Set letters, digits and dashes, such as forthright.',
  );
}
