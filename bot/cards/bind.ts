/** JSON as templates, data and cards hold it; read-only, since a card is made and never changed. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };
type Scope = { readonly root: JsonObject; readonly here: JsonValue };
type Part = (scope: Scope) => JsonValue | undefined; // undefined: `$when` dropped the object

const PATH = /^(?!(?:true|false|null|undefined)\b)(?:\$root|\$data|[A-Za-z_]\w*)(?:\.[A-Za-z_]\w*)*$/;
/* These keys mean something in the official language, or to JavaScript: here they could only mislead. */
const RESERVED = /^(?:\$root|\$index|\$host|\$_acTemplateVersion|__proto__)$/;

/**
 * Binds a template of cards/ to its data: a strict subset of the Adaptive Cards templating language (paths, `$root`,
 * `$data`, `$when`), so that a template opens in Microsoft's Designer. It expands once: `${…}` in data stays as typed.
 * Throws an Error that names the template's field, and never a value, where the data do not fit the template.
 */
export function bind(template: JsonValue, data: JsonObject): JsonValue {
  return compile(template)(data);
}

/** Checks a template once. A card shares nothing with its template; raw values it shares with the data. */
export function compile(template: JsonValue): (data: JsonObject) => JsonValue {
  const part = compileNode(template, false);
  return (data) => part({ root: data, here: data }) ?? null;
}

function compileNode(node: JsonValue, inList: boolean): Part {
  if (typeof node === 'string') return compileText(node);
  if (isObject(node)) return compileObject(node, inList);
  return isList(node) ? compileList(node) : () => node;
}

function compileText(text: string): Part {
  if (!text.includes('${')) return () => text;
  const pieces = text.split(/\$\{([^}]*)\}/);
  // Beside an expression the official language reads these signs as escapes, and would show something else.
  if (pieces.some((piece) => /\$\{|[\\`]/.test(piece))) throw new Error(`The template text ${text} cannot be read`);
  const parts = pieces.map((piece, at) => (at % 2 === 0 ? () => piece : compilePath(piece)));
  if (pieces.length === 3 && pieces[0] === '' && pieces[2] === '') return parts[1]!;
  return (scope) => parts.map((part) => asText(part(scope), text)).join('');
}

function asText(value: JsonValue | undefined, text: string): string {
  if (typeof value === 'object') throw new Error(`The template text ${text} would show a list or an object`);
  return String(value);
}

function compilePath(path: string): (scope: Scope) => JsonValue {
  if (!PATH.test(path)) throw new Error(`\${${path}} is not a path, and templates here hold nothing else`);
  const names = path.split('.').filter((name) => !name.startsWith('$'));
  return ({ root, here }) => {
    let value: JsonValue | undefined = path.startsWith('$root') ? root : here;
    for (const name of names) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
    if (value === undefined || value === null) throw new Error(`The template asks for \${${path}}: the data lack it`);
    return value;
  };
}

function compileList(nodes: readonly JsonValue[]): Part {
  const parts = nodes.map((node) => compileNode(node, true));
  // As in the official language, a list within a list is spread: so a repeated object takes its place.
  return (scope) => parts.flatMap((part) => part(scope) ?? []);
}

function compileObject({ $data, $when, ...fields }: JsonObject, inList: boolean): Part {
  const reserved = Object.keys(fields).find((key) => RESERVED.test(key));
  if (reserved !== undefined) throw new Error(`A template cannot hold the key ${reserved}`);
  const parts = Object.entries(fields).map(([key, field]) => [key, compileNode(field, false)] as const);
  const isWanted = $when === undefined ? () => true : compileAlone($when, '$when', 'boolean');
  const fill: Part = (scope) => {
    if (isWanted(scope) !== true) return undefined;
    const filled: Record<string, JsonValue> = {};
    for (const [key, part] of parts) {
      const value = part(scope);
      if (value !== undefined) filled[key] = value;
    }
    return filled;
  };
  if ($data === undefined) return fill;
  const read = compileAlone($data, '$data', 'object');
  return ({ root, here }) => {
    const source = read({ root, here });
    if (!isList(source)) return fill({ root, here: source });
    if (!inList) throw new Error('$data repeats an object that does not stand in a list');
    return source.flatMap((element) => fill({ root, here: element }) ?? []);
  };
}

function compileAlone(expression: JsonValue, key: string, type: 'boolean' | 'object'): (scope: Scope) => JsonValue {
  const path = typeof expression === 'string' ? /^\$\{([^}]*)\}$/.exec(expression)?.[1] : undefined;
  if (path === undefined) throw new Error(`${key} has to be one \${path}`);
  const read = compilePath(path);
  return (scope) => {
    const value = read(scope);
    if (typeof value !== type) throw new Error(`${key} reads \${${path}}, which is no ${type}`);
    return value;
  };
}

const isList = (it: JsonValue): it is readonly JsonValue[] => Array.isArray(it);
const isObject = (it: JsonValue | undefined): it is JsonObject => typeof it === 'object' && it !== null && !isList(it);
