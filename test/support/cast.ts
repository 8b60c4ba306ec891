/**
 * The named cast. Every id, name and address holds a token that stands nowhere else in the project,
 * so a test may search bytes, logs and cards for it and trust what it finds.
 */
export type Person = {
  readonly name: string;
  /** Who they are to this bot; Teams mints another such id for every bot. */
  readonly id: `29:${string}`;
  readonly aadObjectId: string;
  readonly email: string;
  /** Their personal chat with the bot. */
  readonly conversationId: string;
  /** The language of their Teams; left out: American English. */
  readonly locale?: string;
};

const person = (name: string, token: string, aadObjectId: string): Person => ({
  name,
  id: `29:1${token}Id-Vq8Zx3Tn7Rb5Kd2Wm9Yc4`,
  aadObjectId,
  email: `${token.toLowerCase()}.mailbox@fabrikam.example`,
  conversationId: `a:1${token}Chat-Hs6Lp1Fw8Jg3Ee0Ut5Ao`,
});

/** An asker. */
export const noor = person('Noor Quillamor', 'Zephyrnoor', 'e7a0f001-5c1d-4b7e-9a3f-0d1c2b3a4f01');
/** A leader, the default one. */
export const ines = person('Ines Varandell', 'Brackenines', 'e7a0f002-6d2e-4c8f-8b40-1e2d3c4b5a02');
/** Drafts for Ines, and never sends for her. */
export const devi = person('Devi Ostrakhan', 'Cinderdevi', 'e7a0f003-7e3f-4d90-9c51-2f3e4d5c6b03');
/** A curator. */
export const kofi = person('Kofi Tamarisk', 'Driftkofi', 'e7a0f004-8f40-4ea1-ad62-304f5e6d7c04');
/** Another curator: two of them can press at once. */
export const kaia = person('Kaia Welkinson', 'Emberkaia', 'e7a0f005-9051-4fb2-be73-41506f7e8d05');
/** An admin. */
export const ana = person('Ana Fenchurch', 'Fathomana', 'e7a0f006-a162-40c3-8f84-5261708f9e06');
/** Only reads. */
export const omar = person('Omar Gossamer', 'Glintomar', 'e7a0f007-b273-41d4-9095-637281900f07');
/** A second leader: what is asked of Ines is none of Otto's business. */
export const otto = person('Otto Harrowgate', 'Heathotto', 'e7a0f008-c384-42e5-a1a6-7483920a1f08');

export const everyone: readonly Person[] = [noor, ines, devi, kofi, kaia, ana, omar, otto];

/** A guest: an account of another organisation, invited into this one. */
export const lena = person('Lena Thistledown', 'Ivorylena', 'e7a0f009-d495-43f6-b2b7-8594a31b2f09');
export const guests: readonly Person[] = [lena];

/** Employees without a role, for what takes many people. */
export const crowd: readonly Person[] = [
  person('Mirela Thistlewood', 'Umbermirela', 'c40ad011-4b6d-4e2f-9c11-7a5e3d2c1b01'),
  person('Bram Okonvale', 'Verdebram', 'c40ad022-5c7e-4f30-8d22-8b6f4e3d2c02'),
  person('Søren Æbeltoft', 'Wispsoren', 'c40ad033-6d8f-4041-9e33-9c705f4e3d03'),
  person('Yuki Habernathy', 'Xenonyuki', 'c40ad044-7e90-4152-af44-ad81605f4e04'),
  person('Tomás Izquipell', 'Yarrowtomas', 'c40ad055-8fa1-4263-b055-be9271605f05'),
];

export const TENANT = { id: '5eed7e00-1111-4222-8333-fab21ca0f00d' } as const;

/** A team's id is that of its General channel (Microsoft: "Get the list of channels"). */
export const TEAM = {
  id: '19:fabrikam0general0f00dfeedbeef@thread.tacv2',
  name: 'Fabrikam Town Square',
  aadGroupId: '7ea3f00d-2222-4333-8444-fab21ca0beef',
} as const;

export type ChannelOfTeam = { readonly id: string; readonly name: string };
export const CHANNEL: ChannelOfTeam = { id: TEAM.id, name: 'General' };
export const SECOND_CHANNEL: ChannelOfTeam = { id: '19:fabrikam0leaders0f00dfeedcafe@thread.tacv2', name: 'Ask' };

export const BOT = { id: '28:b07f0247-3333-4444-8555-fab21ca0b075', name: 'Forthright' } as const;

const entry = (person: Person) => ({ id: person.aadObjectId, name: person.name });

/** What DIRECTORY_FILE holds for this cast: who is what, by their Microsoft Entra object ids. */
export const directoryJson = () => ({
  leaders: [
    { ...entry(ines), title: 'Chief Executive', delegates: [entry(devi)] },
    { ...entry(otto), title: 'Chief Operating Officer', delegates: [] },
  ],
  curators: [entry(kofi), entry(kaia)],
  admins: [entry(ana)],
  topics: ['Strategy', 'Pay and benefits', 'Culture'],
  defaults: { leader: ines.aadObjectId, channel: CHANNEL.name },
});
