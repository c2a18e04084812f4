// Runs the storage emulator and the mail catcher beside Rdv.Local, and never longer: it stops them when its standard
// input closes, which the system does however the runner ends. It writes one JSON object a line to its output.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Claim } from './claim.mjs';
import { freePort } from './ports.mjs';
import { Service } from './service.mjs';

const { values: options } = parseArgs({
  options: {
    directory: { type: 'string' }, // none: everything in memory, for tests
    parent: { type: 'string' },
    fresh: { type: 'boolean', default: false },
    mail: { type: 'boolean', default: false },
    blobs: { type: 'boolean', default: false },
    'table-port': { type: 'string', default: '0' },
    'blob-port': { type: 'string', default: '0' },
    'smtp-port': { type: 'string', default: '0' },
    'mail-web-port': { type: 'string', default: '0' },
  },
});

const RESTARTS = 5;
const here = name => fileURLToPath(new URL(name, import.meta.url));
const azurite = service => createRequire(import.meta.url).resolve(`azurite/dist/src/${service}/main.js`);
const inMemory = options.directory === undefined;
const directory = inMemory ? mkdtempSync(join(tmpdir(), 'rdv-local-')) : resolve(options.directory);

const running = { azurite: undefined, blobs: undefined, mail: undefined };
let claim;
let stopping;

// The runner may be gone: what cannot be said is not an error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
const says = words => output => typeof output === 'string' && output.includes(words);
const say = message => process.stdout.write(`${JSON.stringify(message)}\n`);

process.on('SIGINT', () => {}); // Ctrl-C is the runner's: it ends us by closing our input
process.on('SIGTERM', () => stop(0));
process.on('SIGHUP', () => stop(0));
process.stdin.on('end', () => stop(0)).on('error', () => stop(0)).resume();

try {
  await start();
} catch (error) {
  await fail(error.message);
}

async function start() {
  mkdirSync(directory, { recursive: true });
  claim = inMemory ? undefined : await Claim.take(directory, Number(options.parent), say);
  if (stopping) return;
  if (options.fresh) {
    for (const name of ['azurite', 'blobs', 'mail']) rmSync(join(directory, name), { recursive: true, force: true });
  }

  const [tables, blobs, mails] = await Promise.all([
    run('azurite', [Number(options['table-port'])], startAzurite),
    options.blobs ? run('blobs', [Number(options['blob-port'])], startBlobs) : [],
    options.mail ? run('mail', [Number(options['smtp-port']), Number(options['mail-web-port'])], startMail) : [],
  ]);
  if (stopping) return;
  claim?.update({ state: 'running' });
  say({
    event: 'ready',
    tablePort: tables[0],
    blobPort: blobs[0],
    smtpPort: mails[0],
    mailWebPort: mails[1],
    pids: { supervisor: process.pid, azurite: running.azurite.pid, blobs: running.blobs?.pid, mail: running.mail?.pid },
  });
}

/** Starts a service on its usual ports where they are free, and keeps it. Returns its ports. */
async function run(name, usual, startOn) {
  const free = wanted => Promise.all(wanted.map(freePort));
  let ports = await free(usual);
  try {
    running[name] = await startOn(...ports);
  } catch (error) {
    // Someone took a port between our look and the service's own.
    if (!/EADDRINUSE/.test(error.message)) throw error;
    ports = await free(usual.map(() => 0));
    running[name] = await startOn(...ports);
  }

  claim?.update({ [name]: running[name].pid });
  keep(name, () => startOn(...ports), RESTARTS);
  return ports;
}

async function keep(name, startAgain, left) {
  await running[name].exited;
  if (stopping) return;
  if (left === 0) return fail(`${name} s'arrête sans cesse`);
  try {
    running[name] = await startAgain();
  } catch (error) {
    return fail(`${name} s'est arrêté et ne redémarre pas : ${error.message}`);
  }

  claim?.update({ [name]: running[name].pid });
  say({ event: 'restarted', service: name, pid: running[name].pid });
  return keep(name, startAgain, left - 1);
}

function startAzurite(port) {
  const where = inMemory ? ['--inMemoryPersistence'] : ['--location', join(directory, 'azurite')];
  return Service.start(
    [
      '--require', here('./table-ranges.cjs'),
      ...(inMemory ? [] : ['--require', here('./table-journal.cjs')]),
      azurite('table'), ...where, '--tableHost', '127.0.0.1', '--tablePort', String(port),
      '--silent', '--disableTelemetry', '--skipApiVersionCheck',
    ],
    says('successfully started'), says('successfully closed'));
}

function startBlobs(port) {
  const where = inMemory ? ['--inMemoryPersistence'] : ['--location', join(directory, 'blobs')];
  return Service.start(
    [azurite('blob'), ...where, '--blobHost', '127.0.0.1', '--blobPort', String(port), '--silent', '--disableTelemetry', '--skipApiVersionCheck'],
    says('successfully listens'), says('successfully closed'));
}

function startMail(smtp, web) {
  const mailDirectory = join(directory, 'mail');
  mkdirSync(mailDirectory, { recursive: true });
  return Service.start([here('./mail-catcher.mjs'), String(smtp), String(web), mailDirectory], message => message.ready);
}

async function fail(message) {
  if (!stopping) say({ event: 'failed', message });
  await stop(1);
}

function stop(code) {
  stopping ??= (async () => {
    claim?.update({ state: 'stopping' });
    await Promise.all([
      Service.abandonStarting(),
      running.azurite?.stop('SIGINT', 20_000), // it saves
      running.blobs?.stop('SIGINT', 20_000),
      running.mail?.stop('SIGTERM', 3_000),
    ]);
    claim?.release();
    if (inMemory) rmSync(directory, { recursive: true, force: true });
    process.exit(code);
  })();
  return stopping;
}
