// Plays Teams for the desk: what teams-js asks of its host, as far as the desk uses it. Runs in a page; a plain script.
/* global document, location, window, addEventListener */

const wanted = new URLSearchParams(location.search);
const { desk, people } = await (await fetch('/host/people')).json();
const person = people.find(({ key }) => key === wanted.get('as')) ?? people[0];
const state = {
  theme: wanted.get('theme') ?? 'default',
  locale: wanted.get('locale') ?? 'en-gb',
  left: 0,
  links: [],
  opened: [],
  tokens: 0,
  valid: false,
  saved: undefined,
  outcome: '',
};
const frame = document.createElement('iframe');

const say = (message) => frame.contentWindow.postMessage(message, desk);
const event = (func, ...args) => say({ func, args });

const runtime = {
  apiVersion: 4,
  isLegacyTeams: false,
  hostVersionsInfo: {},
  supports: {
    pages: { backStack: {}, appButton: {}, currentApp: {}, config: {} },
    ...(wanted.has('picks') ? { people: {} } : {}),
  },
};

/** `settings` while a tab of a channel is set up. */
const frameContext = wanted.get('frame') ?? 'content';

const context = () => ({
  entityId: wanted.get('entity') ?? 'desk',
  subEntityId: wanted.get('page') ?? '',
  frameContext,
  hostName: 'Teams',
  hostClientType: 'web',
  locale: state.locale,
  theme: state.theme,
  sessionId: 'a session',
  appSessionId: 'a session of the app',
  userObjectId: person.id,
});

/** What each call is answered with. */
const answers = {
  initialize: () => [frameContext, 'web', JSON.stringify(runtime), '2.58.0'],
  getContext: () => [context()],
  'authentication.getAuthToken': async () => {
    state.tokens += 1;
    const answer = await fetch(`/host/token?as=${person.key}`);
    return answer.ok ? [true, await answer.text()] : [false, 'The person did not sign in'];
  },
  'people.selectPeople': () => [null, JSON.parse(wanted.get('picks'))],
  navigateBack: () => {
    state.left += 1;
    return [true];
  },
  shareDeepLink: (subPage, label) => {
    state.links.push({ subPage, label });
    return [true];
  },
  'settings.setValidityState': (isValid) => {
    state.valid = isValid;
  },
  'settings.setSettings': (settings) => {
    state.saved = settings;
    return [true];
  },
  'settings.save.success': () => {
    state.outcome = 'saved';
  },
  executeDeepLink: (address) => {
    state.opened.push(address);
    return [true];
  },
};

addEventListener('message', (event) => void answer(event));

async function answer({ source, origin, data }) {
  if (source !== frame.contentWindow || origin !== desk) return;
  const { id, uuidAsString, func, args = [] } = data;
  const given = answers[func];
  const answered = await given?.(...args);
  if (answered !== undefined) say({ id, uuidAsString, args: answered });
}

function look() {
  document.body.className = `${state.theme} ${wanted.has('bare') ? 'bare' : ''}`;
}

/** What a test, or whoever sits before the demo, may do to the host. */
window.host = {
  state,
  theme(name) {
    state.theme = name;
    look();
    event('themeChange', name);
  },
  back: () => event('backButtonPress'),
  save: () => event('settings.save', {}),
};

function furnish() {
  const who = document.querySelector('#who');
  who.append(...people.map(({ key, title }) => new Option(title, key, false, key === person.key)));
  who.addEventListener(
    'change',
    () => (location.search = `?${new URLSearchParams({ as: who.value, theme: state.theme })}`),
  );
  const theme = document.querySelector('#theme');
  theme.value = state.theme;
  theme.addEventListener('change', () => window.host.theme(theme.value));
  document.querySelector('#back').addEventListener('click', () => window.host.back());
}

furnish();
look();
frame.title = 'The desk';
frame.src = `${desk}${wanted.get('at') ?? '/tab/desk'}`;
document.body.append(frame);
