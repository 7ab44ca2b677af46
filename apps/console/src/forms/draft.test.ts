import { describe, expect, test } from 'vitest';
import { addressFrom, bodyOf, freeKey, isAddress, newBody } from './draft.ts';

describe('a form that is being written', () => {
  test('is sent without texts that were emptied', () => {
    const draft = {
      ...newBody('ru'),
      heading: { ru: 'Карта', en: ' ' },
      lead: { ru: '' },
      marketing: { documentUrl: ' ' },
    };
    const body = bodyOf(draft);
    expect(body.heading).toEqual({ ru: 'Карта' });
    expect(body).not.toHaveProperty('lead');
    expect(body.marketing).toEqual({});
  });

  test('a text offers no choices, and empty choices are none', () => {
    const choices = [{ ru: 'Да' }, { ru: '' }, { ru: 'Нет' }];
    const question = { key: 'a', label: { ru: 'Вопрос' }, required: true, choices };
    const questions = [
      { ...question, kind: 'text' as const },
      { ...question, key: 'b', kind: 'choice' as const },
    ];
    expect(bodyOf({ ...newBody('ru'), questions }).questions.map((one) => one.choices)).toEqual([
      [],
      [{ ru: 'Да' }, { ru: 'Нет' }],
    ]);
  });

  test.each([
    ['Кафе «Маяк»', 'kafe-mayak'],
    ['Щука & Ёрш 24', 'schuka-ersh-24'],
    ['Lighthouse', 'lighthouse'],
    ['—', ''],
  ])('%s gets the address %s', (name, address) => {
    expect(addressFrom(name)).toBe(address);
    expect(isAddress(address)).toBe(address !== '');
  });

  test('a new question has a key of its own', () => {
    const question = { key: 'question-2', kind: 'text', label: {}, choices: [], required: false } as const;
    expect(freeKey([{ ...question, choices: [] }])).toBe('question-3');
  });
});
