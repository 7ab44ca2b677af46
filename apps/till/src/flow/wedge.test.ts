import { describe, expect, test } from 'vitest';
import { quietWedge, takeKey, type Wedge } from './wedge.ts';

function feed(keys: readonly string[], gapMs: number, enterGapMs = gapMs) {
  let wedge: Wedge = quietWedge;
  let atMs = 1000;
  const began: string[] = [];
  for (const key of keys) {
    const step = takeKey(wedge, key, atMs);
    wedge = step.wedge;
    if (step.began) began.push(key);
    atMs += gapMs;
  }
  return { scanned: takeKey(wedge, 'Enter', atMs - gapMs + enterGapMs).scanned, began };
}

describe('a scanner that types', () => {
  test('a fast code with Enter is a scan, and only its first key begins a burst', () => {
    const { scanned, began } = feed([...'4607012345678'], 8);
    expect(scanned).toBe('4607012345678');
    expect(began).toEqual(['4']);
  });
  test('a person is never taken for a scanner', () => {
    expect(feed([...'1250000'], 100).scanned).toBeNull();
    expect(feed([...'4607012345678'], 120).scanned).toBeNull();
  });
  test('few fast digits are quick fingers, not a card', () => {
    expect(feed([...'1250'], 10).scanned).toBeNull();
  });
  test('Enter after a pause belongs to the person', () => {
    expect(feed([...'4607012345678'], 8, 400).scanned).toBeNull();
  });
  test('digits typed slowly before a scan do not join the code', () => {
    let wedge = takeKey(quietWedge, '7', 0).wedge;
    wedge = takeKey(wedge, '7', 300).wedge;
    let atMs = 900;
    for (const key of 'TS-900112') {
      wedge = takeKey(wedge, key, atMs).wedge;
      atMs += 5;
    }
    expect(takeKey(wedge, 'Enter', atMs).scanned).toBe('TS-900112');
  });
  test('Shift inside a code is no part of it, an arrow key ends it', () => {
    expect(feed(['Shift', 'T', 'Shift', 'S', '9', '9', '9', '9', '9'], 5).scanned).toBe('TS99999');
    expect(feed([...'460701234', 'ArrowLeft', '1'], 5).scanned).toBeNull();
  });
});
