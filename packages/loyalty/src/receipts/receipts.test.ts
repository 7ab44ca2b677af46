import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_RECEIPT_SETTINGS,
  type FiscalReceipt,
  fiscalQrText,
  judgeReceipt,
  looksLikeReceipt,
  parseFiscalQr,
  parseReceiptSettings,
  type ReceiptFacts,
  type ReceiptSettings,
  receiptInstant,
  receiptKey,
  receiptSettingsToJson,
  receiptStateAt,
} from '../index.ts';
import { moscow, units } from '../test-story.ts';

const at = (text: string): number => moscow(text).epochMilliseconds;
const QR = 't=20261103T1405&s=1250.00&fn=9999078900004312&i=12345&fp=1234567890&n=1';
const receipt: FiscalReceipt = {
  localTime: '2026-11-03T14:05',
  sum: 125_000n,
  storage: '9999078900004312',
  document: '12345',
  sign: '1234567890',
};

describe('the code of a fiscal receipt', () => {
  test('is read with its time, its sum to the kopeck and its numbers', () => {
    expect(parseFiscalQr(QR)).toEqual({ ok: true, receipt });
    expect(receiptInstant(receipt, 'Europe/Moscow').toString()).toBe('2026-11-03T11:05:00Z');
  });

  test('reads the same in any order of fields, with seconds, in capitals, as an address, with leading zeros', () => {
    const parts = QR.split('&');
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(parseFiscalQr(shuffled.join('&'))).toEqual({ ok: true, receipt });
      }),
    );
    const same = [
      QR.replace('T1405', 'T140559'),
      QR.replace('1250.00', '1250'),
      QR.replace('1250.00', '1250,0'),
      QR.toUpperCase(),
      ` https://example.com/check?${QR}\n`,
      QR.replace('i=12345', 'i=0000012345').replace('fp=1', 'fp=1'),
      `${QR}&extra=1`,
    ];
    for (const text of same) expect(parseFiscalQr(text), text).toEqual({ ok: true, receipt });
  });

  test('comes back exactly from its own text, whatever its numbers', () => {
    const numbers = fc.record({
      localTime: fc
        .date({ min: new Date('2017-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString().slice(0, 16)),
      sum: fc.bigInt({ min: 1n, max: 10n ** 12n }),
      storage: fc.stringMatching(/^\d{16}$/),
      document: fc.integer({ min: 1, max: 2 ** 31 }).map(String),
      sign: fc.integer({ min: 1, max: 2 ** 32 - 1 }).map(String),
    });
    fc.assert(
      fc.property(numbers, (one) => {
        expect(parseFiscalQr(fiscalQrText(one))).toEqual({ ok: true, receipt: one });
      }),
    );
  });

  test('that is rubbish is refused with the reason', () => {
    const problemOf = (text: string) => {
      const parsed = parseFiscalQr(text);
      return parsed.ok ? null : parsed.problem;
    };
    expect(problemOf('')).toEqual({ code: 'not_a_receipt' });
    expect(problemOf('https://example.com/menu')).toEqual({ code: 'not_a_receipt' });
    expect(problemOf(`${QR}&junk=${'x'.repeat(500)}`)).toEqual({ code: 'not_a_receipt' });
    expect(problemOf(QR.replace('&n=1', ''))).toEqual({ code: 'field_missing', field: 'n' });
    expect(problemOf(`${QR}&s=9999.00`)).toEqual({ code: 'field_repeated', field: 's' });
    for (const n of ['2', '3', '4']) {
      expect(problemOf(QR.replace('n=1', `n=${n}`))).toEqual({ code: 'not_a_purchase' });
    }
    const invalid: [string, string, string][] = [
      ['t', '20261103T1405', '20261103T2505'],
      ['t', '20261103T1405', '20260230T1405'],
      ['t', '20261103T1405', 'yesterday'],
      ['s', '1250.00', '0.00'],
      ['s', '1250.00', '1250.005'],
      ['s', '1250.00', '-1250.00'],
      ['s', '1250.00', '1e3'],
      ['s', '1250.00', '99999999999.00'],
      ['fn', '9999078900004312', '999907890000431'],
      ['i', '12345', '0'],
      ['i', '12345', '12345678901'],
      ['fp', '1234567890', ''],
      ['n', 'n=1', 'n=7'],
    ];
    for (const [field, from, to] of invalid) {
      expect(problemOf(QR.replace(from, to)), to).toEqual({ code: 'field_invalid', field });
    }
  });

  test('whatever stands in the text, reading it never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseFiscalQr(text)));
    fc.assert(
      fc.property(fc.constantFrom(...QR.split('&')), fc.string(), (part, rubbish) => {
        void parseFiscalQr(QR.replace(part, `${part.split('=')[0]}=${rubbish}`));
      }),
    );
  });

  test('is the same document when the sum, the time or the sign are altered, and another one of another till', () => {
    const altered = { ...receipt, sum: 999_900n, localTime: '2026-11-04T10:00', sign: '1' };
    expect(receiptKey(altered)).toBe(receiptKey(receipt));
    expect(receiptKey({ ...receipt, storage: '9999078900004313' })).not.toBe(receiptKey(receipt));
    expect(receiptKey({ ...receipt, document: '12346' })).not.toBe(receiptKey(receipt));
  });
});

const settings: ReceiptSettings = {
  ...DEFAULT_RECEIPT_SETTINGS,
  enabled: true,
  minimumSum: units(100),
  storages: [{ storage: receipt.storage, venueCode: 1 }],
  automatic: { afterHours: 24, maxSum: units(5000), perDay: 1, perMonth: 3 },
};
const uploadedAt = at('2026-11-04');
const facts: ReceiptFacts = {
  uploadedAt,
  read: { issuedAt: at('2026-11-03'), sum: units(1250), storage: receipt.storage },
  duplicate: false,
  posCheck: 'none',
  approvedOfDay: 0,
  approvedOfMonth: 0,
};
const read = { ...facts.read! };

describe('a receipt', () => {
  test('within all limits is approved by itself, after the hours in which the till may still tell', () => {
    expect(judgeReceipt(facts, settings)).toEqual({ kind: 'approve', at: at('2026-11-05') });
  });

  test('EX-CB1: of a document that is known already is rejected as a duplicate, before anything else is asked', () => {
    const old = { ...facts, duplicate: true, read: { ...read, issuedAt: at('2026-01-01') } };
    expect(judgeReceipt(old, settings)).toEqual({ kind: 'reject', reason: 'duplicate' });
  });

  test('EX-CB2: of a purchase that the till has told of with the card is rejected; a likeness is left to a person', () => {
    expect(judgeReceipt({ ...facts, posCheck: 'certain' }, settings)).toEqual({ kind: 'reject', reason: 'pos_check' });
    expect(judgeReceipt({ ...facts, posCheck: 'perhaps' }, settings)).toEqual({
      kind: 'review',
      reason: 'like_pos_check',
    });
    const check = { sum: units(1250), at: at('2026-11-03T12:10') };
    expect(looksLikeReceipt(check, read)).toBe(true);
    expect(looksLikeReceipt({ ...check, sum: units(1250.01) }, read)).toBe(false);
    expect(looksLikeReceipt({ ...check, at: at('2026-11-03T12:16') }, read)).toBe(false);
  });

  test('that is too old, too small, of tomorrow or of another venue is rejected with that reason', () => {
    const reasonOf = (more: Partial<typeof read>, other: Partial<ReceiptSettings> = {}) => {
      const verdict = judgeReceipt({ ...facts, read: { ...read, ...more } }, { ...settings, ...other });
      return verdict.kind === 'reject' ? verdict.reason : verdict.kind;
    };
    expect(reasonOf({ issuedAt: at('2026-10-21') })).toBe('approve');
    expect(reasonOf({ issuedAt: at('2026-10-21') - 1 })).toBe('too_old');
    expect(reasonOf({ issuedAt: at('2026-11-05') })).toBe('in_future');
    expect(reasonOf({ sum: units(99.99) })).toBe('too_small');
    expect(reasonOf({ sum: units(100) })).toBe('approve');
    expect(reasonOf({ storage: '1'.repeat(16) })).toBe('review');
    expect(reasonOf({ storage: '1'.repeat(16) }, { otherStorages: 'reject' })).toBe('wrong_venue');
  });

  test('above a limit, of an unknown storage or without a code waits for a person', () => {
    const doubtOf = (more: Partial<ReceiptFacts>, other: Partial<ReceiptSettings> = {}) => {
      const verdict = judgeReceipt({ ...facts, ...more }, { ...settings, ...other });
      return verdict.kind === 'review' ? verdict.reason : verdict.kind;
    };
    expect(doubtOf({ read: null })).toBe('no_code');
    expect(doubtOf({}, { automatic: null })).toBe('always');
    expect(doubtOf({}, { storages: [] })).toBe('other_storage');
    expect(doubtOf({ read: { ...read, sum: units(5000.01) } })).toBe('sum_above');
    expect(doubtOf({ approvedOfDay: 1 })).toBe('limit_of_day');
    expect(doubtOf({ approvedOfMonth: 3 })).toBe('limit_of_month');
  });

  test('that is approved reads as pending until its points can be spent', () => {
    const activatesAt = at('2026-11-18');
    expect(receiptStateAt('approved', activatesAt, activatesAt - 1)).toBe('pending');
    expect(receiptStateAt('approved', activatesAt, activatesAt)).toBe('active');
    expect(receiptStateAt('approved', null, 0)).toBe('active');
    expect(receiptStateAt('checking', activatesAt, 0)).toBe('checking');
  });
});

test('settings come back from their own JSON, and contradictions are named by path', () => {
  const json = JSON.parse(JSON.stringify(receiptSettingsToJson(settings)));
  expect(parseReceiptSettings(json)).toEqual({ ok: true, settings });
  const problemsOf = (wrong: unknown) => {
    const parsed = parseReceiptSettings(wrong);
    return parsed.ok ? [] : parsed.problems.map((problem) => problem.path);
  };
  expect(problemsOf({ otherStorages: 'reject' })).toEqual(['otherStorages']);
  expect(problemsOf({ storages: [{ storage: '12' }], maxAgeDays: 0, x: 1 })).toEqual([
    'maxAgeDays',
    'storages[0].storage',
    'x',
  ]);
});
