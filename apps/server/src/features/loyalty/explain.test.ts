import { decide, newAccountState, rulesFromJson } from '@tessera/loyalty';
import { expect, test } from 'vitest';
import { createTexts } from '../../platform/texts.ts';
import { explainEntry } from './explain.ts';

const rules = rulesFromJson({
  id: 'r',
  timeZone: 'Europe/Moscow',
  levels: [{ id: 'base', name: 'Гость', fromTurnover: 0, rateBasisPoints: 300 }],
});

test('what came from another system is told as brought over, neither as given by hand nor as a purchase', () => {
  const now = Temporal.Instant.from('2026-03-01T12:00:00Z');
  const command = { kind: 'open_balance', lots: [{ amount: 125_000n }], turnover: 900_000n } as const;
  const opened = decide(newAccountState(), command, rules, now);
  if (!opened.ok) throw new Error(opened.refusal.code);
  const texts = createTexts();
  const told = (language: 'ru' | 'en') =>
    opened.entries.map((entry) =>
      explainEntry(entry, { t: texts(language), language, currency: 'RUB', levelNames: new Map() }).replaceAll(
        /\s/g,
        ' ',
      ),
    );
  expect(told('ru')).toEqual([
    'Перенесено из другой системы: 1 250 баллов',
    'Перенесено покупок из другой системы: 9 000 ₽',
  ]);
  expect(told('en')).toEqual([
    '1 250 points brought over from another system',
    'Purchases of ₽9 000 brought over from another system',
  ]);
});
