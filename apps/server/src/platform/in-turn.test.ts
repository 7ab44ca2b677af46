import { describe, expect, test } from 'vitest';
import { createInTurn } from './in-turn.ts';

describe('turns', () => {
  test('work under one key runs one after the other, in order; other keys do not wait', async () => {
    const inTurn = createInTurn();
    const said: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = inTurn('a', async () => {
      said.push('a1 begins');
      await gate.promise;
      said.push('a1 ends');
    });
    const second = inTurn('a', async () => said.push('a2'));
    const third = inTurn('a', async () => said.push('a3'));
    await inTurn('b', async () => said.push('b'));
    gate.resolve();
    await Promise.all([first, second, third]);
    expect(said).toEqual(['a1 begins', 'b', 'a1 ends', 'a2', 'a3']);
  });

  test('a failure is its own caller’s and stops nobody', async () => {
    const inTurn = createInTurn();
    const failing = inTurn('a', async () => {
      throw new Error('no');
    });
    const next = inTurn('a', async () => 'done');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('done');
  });
});
