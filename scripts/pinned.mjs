// Runs something with the pinned Node and passes on what people do to us: Ctrl-C, kill, a closed terminal.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pinnedNode, root } from './install.mjs';

/** A terminal, npm and a service manager may each send the same Ctrl-C; people press again later than this. */
const sameKeyMs = 500;

/**
 * Runs the pinned Node with these arguments and answers with its exit code.
 *
 * The child stands in a process group of its own, so that it hears of Ctrl-C once, from us, and can end in good order
 * while we wait. Should we be killed, leave-with-parent.mjs makes it end as well.
 */
export async function runPinned(args, environment = process.env) {
  const leave = pathToFileURL(join(root, 'scripts/leave-with-parent.mjs')).href;
  const child = spawn(pinnedNode, ['--import', leave, ...args], {
    cwd: root,
    detached: process.platform !== 'win32',
    env: { ...environment, TESSERA_LEAVE_WITH_PARENT: '1' },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  let lastMs = Number.NEGATIVE_INFINITY;
  const forward = (signal) => {
    const nowMs = performance.now();
    if (nowMs - lastMs < sameKeyMs) return;
    lastMs = nowMs;
    child.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  const code = await new Promise((settle) => {
    child.on('error', (error) => {
      console.error(`Node could not be run: ${error.message}`);
      settle(1);
    });
    child.on('exit', (status, signal) => settle(status ?? 128 + (constants.signals[signal] ?? 0)));
  });
  for (const signal of signals) process.off(signal, forward);
  return code;
}
