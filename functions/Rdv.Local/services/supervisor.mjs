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
    'table-port': { type: 'string', default: '0' },
    'smtp-port': { type: 'string', default: '0' },
    'mail-web-port': { type: 'string', default: '0' },
  },
});

const SAVE_MS = 20_000;
const MAIL_STOP_MS = 3_000;
const RESTARTS = 5;
const here = name => fileURLToPath(new URL(name, import.meta.url));
const azuriteTable = createRequire(import.meta.url).resolve('azurite/dist/src/table/main.js');
const inMemory = options.directory === undefined;
const directory = inMemory ? mkdtempSync(join(tmpdir(), 'rdv-local-')) : resolve(options.directory);

let claim;
let azurite;
let mail;
let stopping;

// The runner may be gone: what cannot be said is not an error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
const say = message => process.stdout.write(`${JSON.stringify(message)}\n`);

process.on('SIGINT', () => {}); // Ctrl-C is the runner's: it ends us by closing our input
process.on('SIGTERM', () => stop(0));
process.on('SIGHUP', () => stop(0));
process.stdin.on('end', () => stop(0)).on('error', () => stop(0)).resume();

try {
  await start();
} catch (error) {
  if (!stopping) {
    say({ event: 'failed', message: error.message });
    await stop(1);
  }
}

async function start() {
  mkdirSync(directory, { recursive: true });
  claim = inMemory ? undefined : await Claim.take(directory, Number(options.parent), say);
  if (stopping) return;
  if (options.fresh) {
    for (const name of ['azurite', 'mail']) rmSync(join(directory, name), { recursive: true, force: true });
  }

  await Promise.all([startAzurite(), options.mail ? startMail() : undefined]);
  if (stopping) return;
  claim?.update({ state: 'running' });
  say({
    event: 'ready',
    tablePort: azurite.port,
    smtpPort: mail?.answer.smtpPort,
    mailWebPort: mail?.answer.webPort,
    pids: { supervisor: process.pid, azurite: azurite.pid, mail: mail?.pid },
  });
}

async function startAzurite() {
  azurite = await onFreePort(Number(options['table-port']), runAzurite);
  claim?.update({ azurite: azurite.pid });
  watchAzurite(RESTARTS);
}

async function runAzurite(port) {
  const where = inMemory
    ? ['--inMemoryPersistence']
    : ['--location', join(directory, 'azurite')];
  const service = await Service.start(
    [
      ...(inMemory ? [] : ['--require', here('./table-journal.cjs')]),
      azuriteTable, ...where, '--tableHost', '127.0.0.1', '--tablePort', String(port),
      '--silent', '--disableTelemetry', '--skipApiVersionCheck',
    ],
    output => typeof output === 'string' && output.includes('successfully started'));
  service.port = port;
  return service;
}

async function startMail() {
  const mailDirectory = join(directory, 'mail');
  mkdirSync(mailDirectory, { recursive: true });
  const web = await freePort(Number(options['mail-web-port']));
  mail = await onFreePort(Number(options['smtp-port']), (smtp, again) =>
    Service.start(
      [here('./mail-catcher.mjs'), String(smtp), String(again ? 0 : web), mailDirectory],
      message => message.smtpPort !== undefined));
  claim?.update({ mail: mail.pid });
}

/** Someone may take the port between our look and the service's own: then any free one. */
async function onFreePort(usual, run) {
  try {
    return await run(await freePort(usual), false);
  } catch (error) {
    if (stopping || !/EADDRINUSE/.test(error.message)) throw error;
    return run(await freePort(0), true);
  }
}

async function watchAzurite(left) {
  await azurite.exited;
  if (stopping) return;
  if (left === 0) {
    say({ event: 'failed', message: 'The storage emulator keeps ending' });
    await stop(1);
    return;
  }

  try {
    azurite = await runAzurite(azurite.port);
    claim?.update({ azurite: azurite.pid });
    say({ event: 'restarted', service: 'azurite', pid: azurite.pid });
    watchAzurite(left - 1);
  } catch (error) {
    if (stopping) return;
    say({ event: 'failed', message: `The storage emulator ended and does not start again: ${error.message}` });
    await stop(1);
  }
}

function stop(code) {
  stopping ??= (async () => {
    claim?.update({ state: 'stopping' });
    await Promise.all([azurite?.stop('SIGINT', SAVE_MS), mail?.stop('SIGTERM', MAIL_STOP_MS)]);
    claim?.release();
    if (inMemory) rmSync(directory, { recursive: true, force: true });
    // A service that was still starting sees the channel close and ends as well.
    process.exit(code);
  })();
  return stopping;
}
