import { describe, expect, test } from 'vitest';
import { testDesign } from '../../../test/wallet-design.ts';
import { type CardInput, resolveCard } from './resolve-fields.ts';

const identity = { serial: 'SERIAL', guid: 'GUID-1', token: 'TOKEN' };
const resolve = (change: Parameters<typeof testDesign>[0], rest: Partial<CardInput> = {}) =>
  resolveCard({ design: testDesign(change), ownValues: {}, variables: {}, identity, voided: false, ...rest });

describe("a field's value", () => {
  const fields = { back: [{ key: 'greeting', label: 'Hi', value: 'Dear FirstName#' }] };

  test("is the card's own value before the design's, with variables in both", () => {
    const variables = { FirstName: 'Ann' };
    expect(resolve({ fields }, { variables }).fields.back[0]?.value).toBe('Dear Ann');
    const own = resolve({ fields }, { variables, ownValues: { greeting: 'Welcome, FirstName#' } });
    expect(own.fields.back[0]?.value).toBe('Welcome, Ann');
  });

  test('may speak of another field of the card', () => {
    const content = resolve(
      {
        fields: {
          header: [{ key: 'h', label: '', value: 'LoyaltyValue#' }],
          back: [{ key: 'b', label: '', value: 'You have Header1# at logo#' }],
        },
      },
      { variables: { LoyaltyValue: '120' } },
    );
    expect(content.fields.back[0]?.value).toBe('You have 120 at Траттория');
  });

  test('that speaks of itself comes to an end', () => {
    const content = resolve({ fields: { back: [{ key: 'b', label: '', value: 'x Back1#' }] } });
    expect(content.fields.back[0]?.value).toMatch(/^x( x)*$/);
  });

  test('that is empty leaves the field out: a field without a value makes a card unreadable', () => {
    expect(resolve({ fields }, { ownValues: { greeting: 'FirstName#' } }).fields.back).toEqual([]);
  });

  test('tells serial, guid and token of this very card', () => {
    const content = resolve({ fields: { back: [{ key: 'b', label: '', value: 'Serial# GUID# Token#' }] } });
    expect(content.fields.back[0]?.value).toBe('SERIAL GUID-1 TOKEN');
  });
});

test('only the first change message stays: two at once make a phone say only "changed"', () => {
  const speaking = (key: string) => ({ key, label: key, value: 'x', changeMessage: `${key}: %@` });
  const content = resolve({ fields: { header: [speaking('a')], secondary: [speaking('b')], back: [speaking('c')] } });
  const spoken = Object.values(content.fields)
    .flat()
    .filter(({ changeMessage }) => changeMessage);
  expect(spoken.map(({ key }) => key)).toEqual(['a']);
});

test('a voided card shows no code', () => {
  expect(resolve({}, { voided: true }).barcode).toBeNull();
  expect(resolve({}).barcode?.message).toBe('SERIAL');
});

describe("a card's own things", () => {
  const fields = { back: [{ key: 'greeting', label: 'Hi', value: 'Dear FirstName#' }] };
  const variables = { FirstName: 'Ann' };

  test('fall back to the design where they are empty', () => {
    for (const empty of ['', '  ']) {
      const content = resolve(
        { fields },
        { variables, ownValues: { greeting: empty }, own: { barcodeMessage: empty } },
      );
      expect(content.fields.back[0]?.value).toBe('Dear Ann');
      expect(content.barcode?.message).toBe('SERIAL');
    }
  });

  test('may be a code of its own, with variables', () => {
    expect(resolve({}, { own: { barcodeMessage: '77-Serial#' } }).barcode?.message).toBe('77-SERIAL');
  });

  test('leave no trace in the content when there are none: no card is told of a change that is none', () => {
    expect(Object.keys(resolve({}))).not.toContain('expiresAt');
    expect(resolve({}, { expiresAt: '2027-01-01T20:59:59Z' }).expiresAt).toBe('2027-01-01T20:59:59Z');
  });
});
