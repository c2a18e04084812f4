import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether the process runs and its command line holds the word: a number is given again to others after a while. */
export function runs(pid, word) {
  if (!pid || !exists(pid)) return false;
  return commandLine(pid).includes(word);
}

export function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function commandLine(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8'); // empty for a process that has ended and was not reaped
  } catch {
    try {
      return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
    } catch {
      return '';
    }
  }
}

export function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}

/** Polls until the condition holds; false when the time, in milliseconds, is over first. */
export async function until(condition, time) {
  const end = Date.now() + time;
  while (!condition()) {
    if (Date.now() > end) return false;
    await delay(50);
  }
  return true;
}
