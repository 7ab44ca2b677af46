import { decide, type Entry, newAccountState, rulesFromJson, stateAt } from '@tessera/loyalty';
import { expect, test } from 'vitest';
import { createTexts } from '../../../platform/texts.ts';
import { explainEntry } from '../explain.ts';

const rules = rulesFromJson({
  id: 'r',
  timeZone: 'Europe/Moscow',
  ladder: { measure: 'visits', window: { kind: 'rolling', months: 1 }, downgrade: 'period_end', grace: { days: 14 } },
  levels: [
    { id: 'base', name: 'Гость', fromTurnover: 0, rateBasisPoints: 300 },
    { id: 'gold', name: 'Друг', fromTurnover: 2, rateBasisPoints: 500 },
  ],
});
const at = (text: string) => Temporal.Instant.from(`${text}+03:00`);

/** Two visits, a pin, and everything that time does to the level afterwards. */
function history(): Entry[] {
  let state = newAccountState();
  const entries: Entry[] = [];
  for (const [checkId, time] of [
    ['1', '2026-01-10T12:00'],
    ['2', '2026-01-11T12:00'],
  ] as const) {
    const facts = { mode: 'priced', checkId, occurredAt: at(time), spend: 0n, total: 100_00n } as const;
    const sold = decide(state, { kind: 'register_check', ...facts }, rules, at(time));
    if (!sold.ok) throw new Error(sold.refusal.code);
    state = sold.state;
    entries.push(...sold.entries);
  }
  const command = { kind: 'pin_level', level: 'gold', lastDay: '2026-12-31' } as const;
  const pinned = decide(state, command, rules, at('2026-01-12T12:00'));
  if (!pinned.ok) throw new Error(pinned.refusal.code);
  return [...entries, ...pinned.entries, ...stateAt(pinned.state, rules, at('2027-02-01T12:00')).entries];
}

test('every change of a level is told with its reason, its numbers and its days, in both languages', () => {
  const texts = createTexts();
  const told = (language: 'ru' | 'en') =>
    history()
      .filter(({ kind }) => kind.includes('level'))
      .map((entry) =>
        explainEntry(entry, { t: texts(language), language, currency: 'RUB', levelNames: new Map() }).replaceAll(
          /\s/g,
          ' ',
        ),
      );
  expect(told('ru')).toEqual([
    'Уровень «Друг»: накоплено 2 визита, нужно было 2 визита',
    'Уровень «Друг» закреплён вручную по 31 декабря 2026 г. включительно',
    'Уровень «Друг» действует по 14 марта 2026 г. включительно: накоплено 0 визитов, нужно 2 визита',
    'Отсрочка закончилась, теперь уровень «Гость» вместо «Друг»: накоплено 0 визитов',
    'Закрепление уровня «Друг» закончилось, теперь «Гость»',
  ]);
  expect(told('en')).toEqual([
    'Level “Друг”: 2 visits reached, 2 visits were needed',
    'Level “Друг” given by hand through 31 December 2026',
    'Level “Друг” holds through 14 March 2026: 0 visits of the 2 visits needed',
    'The grace is over, level “Гость” instead of “Друг”: 0 visits is what counts now',
    'Level “Друг” given by hand is over, “Гость” now',
  ]);
});
