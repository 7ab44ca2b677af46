import { describe, expect, test } from 'vitest';
import { makePng, testDraft, testFiles } from '../../../test/wallet-design.ts';
import { findDesignFault, findFileFault } from './check-design.ts';

const fault = (change: Parameters<typeof testDraft>[0]) => findDesignFault(testDraft(change), ['icon.png']);

describe('a design', () => {
  test('that is right has no fault', () => expect(fault({})).toBeNull());
  test('needs an icon: without one a phone refuses the card in silence', () => {
    expect(findDesignFault(testDraft(), ['logo.png'])).toBe('images/icon.png');
  });
  test('has each key once over all its groups', () => {
    const field = { key: 'points', label: '', value: 'x' };
    expect(fault({ fields: { back: [field] } })).toBe('fields/back/points/key');
  });
  test('has a place for the new value in its change message', () => {
    const field = { key: 'a', label: '', value: 'x', changeMessage: 'changed' };
    expect(fault({ fields: { back: [field] } })).toBe('fields/back/a/changeMessage');
  });
  test('shows no more fields than a phone draws', () => {
    const fields = [1, 2].map((number) => ({ key: `p${number}`, label: '', value: 'x' }));
    expect(fault({ fields: { primary: fields } })).toBe('fields/primary');
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
