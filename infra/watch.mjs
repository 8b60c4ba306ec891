// Runs beside the bot in the same replica (bot.bicep), and says every five minutes what alerts.bicep has to know: whether the bot
// is ready, and what of its deliveries needs a human. No other figure: how many were sent in which minute, beside Teams' own
// audit log, could tell who asked. Figures stay on the replica's own loopback.
const [, port, figuresPort, period] = process.argv;
const LOOKS_OF_HALF_AN_HOUR = 6;

const ask = (at, path) => fetch(`http://127.0.0.1:${at}${path}`, { signal: AbortSignal.timeout(5000) });

const isReady = () =>
  ask(port, '/readyz').then(
    ({ ok }) => ok,
    () => false,
  );

async function deliveries() {
  const text = await ask(figuresPort, '/metrics').then(
    (answer) => answer.text(),
    () => '',
  );
  const found = text.matchAll(/^forthright_deliveries\{state="(\w+)"\} (\d+)$/gm);
  return Object.fromEntries(Array.from(found, ([, state, count]) => [state, Number(count)]));
}

let looksWithDue = 0;

async function look() {
  const [ready, { due = 0, dead = 0, uncertain = 0 }] = await Promise.all([isReady(), deliveries()]);
  looksWithDue = due > 0 ? looksWithDue + 1 : 0;
  const late = looksWithDue >= LOOKS_OF_HALF_AN_HOUR;
  process.stdout.write(`${JSON.stringify({ code: 'watch', ready, dead, uncertain, late })}\n`);
}

setInterval(() => void look(), Number(period));
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0));
