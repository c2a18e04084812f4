import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const READY_MS = 60_000;
const preload = fileURLToPath(new URL('./stop-with-supervisor.cjs', import.meta.url));

/** A Node process that ends with the supervisor. */
export class Service {
  static #starting = new Set();

  #child;
  #exited;

  /**
   * Starts it and waits until `isReady(event)` holds for a line of its output or a message of its own: both come
   * from that very process, so a stranger on the port is not taken for it. Throws when it ends first.
   * When `isOver(text)` holds for a line of its output it has nothing left to do, and is killed: Azurite says that all
   * is saved, and then stays for as long as a client keeps a connection that it closed half (15 seconds for .NET's).
   */
  static async start(args, isReady, isOver = () => false) {
    const service = new Service();
    const child = spawn(process.execPath, ['--require', preload, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    service.#child = child;
    service.#exited = new Promise(resolve => child.once('close', resolve));
    Service.#starting.add(service);
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', text => (errors = (errors + text).slice(-2000)));
    const ready = new Promise(resolve => {
      child.stdout.setEncoding('utf8').on('data', text => {
        if (isOver(text)) child.kill('SIGKILL');
        else if (isReady(text)) resolve(text);
      });
      child.on('message', message => isReady(message) && resolve(message));
    });
    const failed = new Promise(resolve => child.once('error', resolve));
    const late = new AbortController();
    const outcome = await Promise.race([
      ready,
      failed,
      service.#exited.then(() => new Error(errors.trim() || `${args.at(0)} s'est arrêté aussitôt`)),
      delay(READY_MS, new Error('un service ne répond pas'), { signal: late.signal }),
    ]);
    late.abort();
    Service.#starting.delete(service);
    if (outcome instanceof Error) {
      child.kill('SIGKILL');
      throw outcome;
    }
    service.answer = outcome;
    return service;
  }

  /** Kills those that have not answered anybody yet. */
  static async abandonStarting() {
    await Promise.all([...Service.#starting].map(service => service.stop('SIGKILL', READY_MS)));
  }

  get pid() {
    return this.#child.pid;
  }

  get exited() {
    return this.#exited;
  }

  /** Asks it to stop, and kills it when it has not within the time, in milliseconds. */
  async stop(signal, time) {
    this.#child.kill(signal);
    const over = new AbortController();
    const killed = delay(time, undefined, { signal: over.signal }).then(() => this.#child.kill('SIGKILL'), () => {});
    await this.#exited;
    over.abort();
    await killed;
  }
}
