import { describe, expect, test } from 'vitest';
import { makePng, testDraft, testFiles } from '../../../test/wallet-design.ts';
import { findDesignFault, findFileFault } from './check-design.ts';

const now = Temporal.Instant.from('2026-11-22T10:00:00Z');
const fault = (change: Parameters<typeof testDraft>[0]) => findDesignFault(testDraft(change), ['icon.png'], now);

describe('a design', () => {
  test('that is right has no fault', () => expect(fault({})).toBeNull());
  test('needs an icon: without one a phone refuses the card in silence', () => {
    expect(findDesignFault(testDraft(), ['logo.png'], now)).toBe('images/icon');
  });
  test('has each key once over all its groups', () => {
    const field = { key: 'points', label: '', value: 'x' };
    expect(fault({ fields: { back: [field] } })).toBe('fields/back/0/key');
  });
  test('has a place for the new value in its change message', () => {
    const field = { key: 'a', label: '', value: 'x', changeMessage: 'changed' };
    expect(fault({ fields: { back: [field] } })).toBe('fields/back/0/changeMessage');
  });
  test('has colours as #rrggbb', () => {
    expect(fault({ colours: { background: 'red', foreground: '#ffffff', label: '#ffffff' } })).toBe(
      'colours/background',
    );
  });
});

describe('the files of a design', () => {
  test('are PNG under the names that a phone knows', () => {
    expect(findFileFault(testFiles)).toBeNull();
    expect(findFileFault({ 'icon.png': makePng(4, 4) })).toBe('images/icon.png');
    expect(findFileFault({ 'icon.png': Buffer.from('<svg/>') })).toBe('images/icon.png');
    expect(findFileFault({ '../icon.png': testFiles['icon.png'] })).toBe('images/../icon.png');
    expect(findFileFault({ 'pass.json': testFiles['icon.png'] })).toBe('images/pass.json');
  });
});
