import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exists, runs, send, until } from './processes.mjs';

// An earlier supervisor saves for at most 20 s once its runner has ended.
const SAVING_MS = 30_000;
const IN_USE_MS = 10_000;

/** A data directory belongs to one supervisor at a time: DIR/services.json names it and the processes it started. */
export class Claim {
  #path;
  #content;

  static async take(directory, parent, say) {
    const claim = new Claim();
    claim.#path = join(directory, 'services.json');
    claim.#content = { supervisor: process.pid, parent, state: 'starting' };
    while (!claim.#create()) {
      const earlier = read(claim.#path);
      if (earlier) await waitForEnd(earlier, claim.#path, directory, say);
      rmSync(claim.#path, { force: true });
    }
    return claim;
  }

  #create() {
    try {
      writeFileSync(this.#path, JSON.stringify(this.#content), { flag: 'wx' });
      return true;
    } catch (error) {
      if (error.code === 'EEXIST') return false;
      throw error;
    }
  }

  update(changes) {
    Object.assign(this.#content, changes);
    writeFileSync(`${this.#path}~`, JSON.stringify(this.#content));
    renameSync(`${this.#path}~`, this.#path);
  }

  release() {
    rmSync(this.#path, { force: true });
  }
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // gone, or torn by a kill before it named anything
  }
}

const ours = claim => [
  [claim.supervisor, 'supervisor.mjs'],
  [claim.azurite, 'azurite'],
  [claim.mail, 'mail-catcher.mjs'],
].filter(([pid, word]) => runs(pid, word));

async function waitForEnd(earlier, path, directory, say) {
  const ended = () => ours(earlier).length === 0;
  if (ended()) return;
  say({ event: 'waiting', pid: earlier.supervisor });

  // While its runner lives and has not asked it to stop, it is not ours to stop.
  const inUse = () => {
    earlier = read(path) ?? earlier;
    return runs(earlier.supervisor, 'supervisor.mjs') && exists(earlier.parent) && earlier.state !== 'stopping';
  };
  if (!(await until(() => !inUse(), IN_USE_MS))) {
    throw new Error(`${directory} est déjà utilisé par le processus ${earlier.parent}`);
  }

  if (await until(ended, SAVING_MS)) return;
  for (const [pid] of ours(earlier)) send(pid, 'SIGTERM');
  if (await until(ended, SAVING_MS)) return;
  for (const [pid] of ours(earlier)) send(pid, 'SIGKILL');
  if (!(await until(ended, IN_USE_MS))) throw new Error(`le processus ${earlier.supervisor} ne s'arrête pas`);
}
