import type { Found, Writer } from './betray-found.ts';

/** The writer's own first or last name, as Teams tells it. Compared here, and kept nowhere. */
export function findOwnName(text: string, { name, leaders }: Writer): Found[] {
  const parts = partsOfName(name);
  if (parts.length === 0) return [];
  const shared = new Set(leaders.flatMap(partsOfName).map((part) => part.toLowerCase()));
  const telling = parts.filter((part) => !isOrdinary(part) && !shared.has(part.toLowerCase()));
  const any = parts.map(spellings).join('|');
  const whole = matches(text, String.raw`(?:${any})[ ,]{1,2}(?:${any})`).filter(({ words }) => /^\p{Lu}/u.test(words));
  const single = telling.flatMap((part) => matches(text, spellings(part)).filter(({ words }) => isMeant(part, words)));
  return [...(parts.length > 1 ? whole : []), ...single];
}

/** First, middle and last names, without titles, particles and what companies add ("Quillamor, Noor (Finance)"). */
export function partsOfName(name: string): string[] {
  const bare = name
    .slice(0, 200)
    .normalize('NFC')
    .replaceAll(/\([^)]*\)|\[[^\]]*\]|@.*$| [-–|] .*$/gu, ' ');
  const words = bare
    .split(/[\s,._]+/u)
    .map((word) => word.replaceAll(/[^\p{L}\p{M}'’-]/gu, '').replaceAll(/^[-'’]+|[-'’]+$/gu, ''));
  const parts = words.flatMap((word) => (word.includes('-') ? [word, ...word.split('-')] : [word]));
  return parts.filter((part) => part.length > 1 && !ADDED.has(part.toLowerCase()));
}

const ADDED = new Set(
  `dr prof dipl ing mag msc bsc mba phd jr sr mr mrs ms herr frau van von vom zu zur der den de del dela da di du dos
  das la le el al bin ibn ben ten ter extern external ext guest gast`.split(/\s+/u),
);

/** Names that are also words: in a question, "Will" or "Richter" alone is nobody's name. */
const ORDINARY = new Set(
  `may april june august mai juni juli jan mar mark will bill grace hope faith joy rose rich frank art chance chase drew
  grant guy jack miles pat ray rob sue dawn summer victor wade max ernst reiner kai rainer ida iris lily ivy ruby amber
  pearl jade melody harmony destiny justice prince major earl duke dean reed reid heath cliff forest glen brook brooke
  sage sky skye star sunny sandy rusty dusty randy candy penny charity constance patience prudence christian robin
  gene dale lane lance piers nick don ed al mo sam mia man dan tim das den dem des din
  young king white black brown green gray grey long short small little good best better day week price cost case page
  park hill field wood woods stone rice cook baker butler carpenter carter cooper farmer fisher gardener hunter mason
  miller potter shepherd singer smith taylor turner walker weaver bush rivers banks bridges church house hall castle
  bell ball bond bowl bird fox wolf lamb swan love power powers strong rich sharp swift noble savage moody blunt gold
  silver steel diamond north south east west winter spring holiday christmas moon snow frost rain storms waters lake
  lang klein kleine groß gross große kurz jung alt neu neumann weiß weiss schwarz braun rot roth grün blau gut
  koch richter meister bauer fischer jäger weber schneider schäfer müller schmied wagner zimmermann hofmann schreiber
  schulz schulze kaiser könig herzog graf bischof papst pfarrer ritter vogel fuchs wolf hase hahn löwe adler falke
  sommer herbst berg bergmann engel stark hart reich arm sauer süß kraft lust freund fried frieden krieg sieger
  baum busch wald wiese stein feld acker bach fluss see teich brunnen horn beck back stahl eisen gold silber kupfer
  pfeffer salz zucker kohl kraut apfel birnbaum nuss kern ecke brücke turm burg schloss haus kirch kirchner markt
  förster gärtner maurer maler metzger becker bäcker müllerin wirth wirt zimmer keller decker lehrer schüler student
  chef ende anfang anders noch doll sonntag freitag montag januar februar märz lee do an so in to my no young son sun`.split(
    /\s+/u,
  ),
);

/** Two letters are a word in some language: they count beside the other name only. */
const isOrdinary = (part: string): boolean =>
  ORDINARY.has(part.toLowerCase()) || (part.length < 3 && !UNSPACED.test(part));
/** Scripts that put no space between words. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]/u;

/** A short name in small letters may be a word. */
const isMeant = (part: string, words: string): boolean =>
  part.length > 3 || /^\p{Lu}/u.test(words) || UNSPACED.test(part);

/** Jürgen, Juergen, Jurgen. */
function spellings(part: string): string {
  const spelled = part.replaceAll(/[äöüÄÖÜß]/gu, (letter) => SPELLED[letter] ?? letter);
  const bare = part.normalize('NFD').replaceAll(/\p{M}/gu, '');
  return [...new Set([part, spelled, bare])].join('|');
}
const SPELLED: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', Ä: 'Ae', Ö: 'Oe', Ü: 'Ue', ß: 'ss' };

/** Whole words, with the s of "Noor’s" and "Noors" around them left out. */
function matches(text: string, source: string): Found[] {
  const edge = UNSPACED.test(source)
    ? [String.raw``, '']
    : [String.raw`(?<![\p{L}\p{N}])`, String.raw`(?=(?:['’]?s)?(?![\p{L}\p{N}]))`];
  const pattern = new RegExp(`${edge[0]}(?:${source})${edge[1]}`, 'giu');
  return [...text.matchAll(pattern)].map((match) => ({ kind: 'name', at: match.index, words: match[0] }));
}
