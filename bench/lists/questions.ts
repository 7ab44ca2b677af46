import { FIRST_PHONE } from '../checks/set-up.ts';
import type { PushGround } from '../pushes/ground.ts';

/** What an owner asks of a list: the path of a request, made anew each time. */
export type Question = { readonly name: string; readonly path: () => string };

/** Everything that the console asks of its two long lists, guests and places in them chosen at random. */
export function questionsOf({ company, designId }: PushGround): Question[] {
  const anyone = () => Math.floor(Math.random() * company.accounts);
  const passes = (name: string, query: () => Record<string, string>): Question => ({
    name: `cards ${name}`,
    path: () => `/api/v1/passes?${new URLSearchParams(query())}`,
  });
  const guests = (name: string, query: () => Record<string, string>): Question => ({
    name: `guests ${name}`,
    path: () => `/api/v1/accounts?${new URLSearchParams(query())}`,
  });
  const phone = () => String(FIRST_PHONE + anyone());
  const searches: readonly [string, () => string][] = [
    ['by a whole phone', phone],
    ['by the beginning of a phone, 8 916 …', () => `8${phone().slice(1, 7)}`],
    ['by the end of a phone, four digits', () => phone().slice(-4)],
    ['by a common surname', () => 'Иванов'],
    ['by surname and first name', () => 'черемухова алена'],
    ['by two letters', () => 'ко'],
    ['by an e-mail', () => `guest${anyone()}`],
    ['by words that nobody has', () => 'нет такого гостя'],
  ];
  return [
    passes('newest', () => ({})),
    passes('a page far down', () => ({ after: String(1 + anyone()) })),
    passes('by a whole number', () => ({ search: `S${company.firstAccountId + anyone()}` })),
    passes('by the beginning of a number', () => ({ search: `S${String(1 + anyone()).slice(0, 2)}` })),
    ...searches.map(([name, search]) => passes(name, () => ({ search: search() }))),
    passes('of a design, void', () => ({ designId: String(designId), state: 'voided' })),
    passes('in a phone', () => ({ installed: 'yes' })),
    passes('in no phone', () => ({ installed: 'no' })),
    passes('saved at Google', () => ({ platform: 'google' })),
    passes('with many points', () => ({ pointsOver: '100000000' })),
    passes('made in a month long ago', () => ({ createdFrom: '2020-01-01', createdTo: '2020-01-31' })),
    guests('newest', () => ({})),
    guests('a page far down', () => ({ after: String(company.firstAccountId + anyone()) })),
    ...searches.map(([name, search]) => guests(name, () => ({ search: search() }))),
  ];
}
