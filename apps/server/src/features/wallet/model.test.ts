import { expect, test } from 'vitest';
import { nextLastModified } from './model.ts';

test('Last-Modified is whole seconds and grows even within one second, and when the clock steps back', () => {
  const now = Temporal.Instant.from('2026-11-22T10:00:00.900Z');
  const first = nextLastModified(null, now);
  expect(first.toString()).toBe('2026-11-22T10:00:00Z');
  const second = nextLastModified(first, now);
  expect(second.toString()).toBe('2026-11-22T10:00:01Z');
  expect(nextLastModified(second, now.subtract({ hours: 1 })).toString()).toBe('2026-11-22T10:00:02Z');
});
