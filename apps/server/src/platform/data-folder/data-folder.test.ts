import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { claimDataFolder } from './index.ts';

let parent: string;
let folder: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tessera-claim-'));
  folder = join(parent, 'data');
});
afterEach(() => rm(parent, { recursive: true, force: true }));

/** Another process that claims the folder, says what came of it, and stays. */
async function claimElsewhere(path: string) {
  const script = `
    import { claimDataFolder } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const claim = await claimDataFolder(${JSON.stringify(path)});
    console.log(JSON.stringify({ ok: claim.ok, holder: claim.pid }));
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  return { child, answer: JSON.parse(String(line)) as { ok: boolean; holder?: number } };
}

describe('claimDataFolder', () => {
  test('makes the folder for its owner alone', async () => {
    const claim = await claimDataFolder(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    if (claim.ok) await claim.release();
  });

  test('refuses a second process and names the first, also through a link to the folder', async () => {
    const claim = await claimDataFolder(folder);
    await symlink(folder, join(parent, 'link'));
    for (const path of [folder, join(parent, 'link')]) {
      const { child, answer } = await claimElsewhere(path);
      child.kill('SIGKILL');
      expect(answer).toEqual({ ok: false, holder: process.pid });
    }
    if (claim.ok) await claim.release();
  });

  test('gives the folder to the next one after release', async () => {
    const first = await claimDataFolder(folder);
    if (first.ok) await first.release();
    const second = await claimDataFolder(folder);
    expect(second.ok).toBe(true);
    if (second.ok) await second.release();
  });

  test('is free again after its holder was killed with kill -9', async () => {
    const { child, answer } = await claimElsewhere(folder);
    expect(answer.ok).toBe(true);
    expect(await claimDataFolder(folder)).toEqual({ ok: false, pid: child.pid });
    child.kill('SIGKILL');
    await once(child, 'exit');
    const claim = await claimDataFolder(folder);
    expect(claim.ok).toBe(true);
    if (claim.ok) await claim.release();
  });

  test('leaves other folders alone', async () => {
    const one = await claimDataFolder(folder);
    const other = await claimDataFolder(join(parent, 'other'));
    expect([one.ok, other.ok]).toEqual([true, true]);
    if (one.ok) await one.release();
    if (other.ok) await other.release();
  });
});
