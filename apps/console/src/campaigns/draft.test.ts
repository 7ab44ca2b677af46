import type { Campaign, PassChoices } from '@tessera/contract';
import { describe, expect, test } from 'vitest';
import { draftAfter, isNight, newDraft, nextNoon, readDraft } from './draft.ts';
import { designsOf, placeNamed, placesOf } from './places.ts';

const KEY = '00000000-0000-4000-8000-000000000000';
const sha256 = 'a'.repeat(64);
const banner = { 'strip.png': sha256, 'strip@2x.png': sha256, 'strip@3x.png': sha256 };
const picked = { certificates: [{ id: 7, name: 'Main' }], designs: [{ id: 3, name: 'Guest card' }], passes: [] };

describe('the plan that a draft stands for', () => {
  test('names what is picked under the tab in sight, points in minor units, and no empty link or banner', () => {
    const draft = newDraft(KEY, { picked, text: '  Hello \n', filters: { pointsOver: '100', platform: 'apple' } });
    expect(readDraft(draft)).toEqual({
      wrong: [],
      plan: {
        purpose: 'advertising',
        scope: { kind: 'designs', designIds: [3] },
        filter: { pointsOver: 10_000, platform: 'apple' },
        message: { field: 'Back1', text: 'Hello' },
        quietHours: 24,
      },
    });
    expect(readDraft({ ...draft, scope: 'certificates' }).plan.scope).toEqual({
      kind: 'certificates',
      credentialIds: [7],
    });
  });

  test('what cannot be read is told, and is not in the plan', () => {
    const { plan, wrong } = readDraft(
      newDraft(KEY, { scope: 'passes', picked, url: 'example.org', quietHours: '721' }),
    );
    expect(wrong).toEqual(['scope', 'text', 'url', 'quietHours']);
    expect(plan.message).not.toHaveProperty('url');
  });

  test('of a campaign that is repeated is its own', () => {
    const before = {
      purpose: 'service',
      scope: { kind: 'passes', passIds: [5, 6] },
      filter: { pointsOver: 12_300, level: 'gold' },
      message: { field: 'Header1', text: 'News', url: 'https://example.org', banner },
      quietHours: 0,
    } as const;
    const draft = draftAfter(before as unknown as Campaign, KEY, () => '');
    const { scope, ...rest } = before;
    expect(readDraft(draft).plan).toEqual({ ...rest, scope: { kind: 'passes', passIds: [5, 6] } });
  });
});

test('night is before nine and from nine in the evening; the first hour that is offered is the next noon', () => {
  const hours = ['08:59', '09:00', '20:59', '21:00'].map((time) => isNight(`2026-11-23T${time}`));
  expect(hours).toEqual([true, false, false, true]);
  expect(nextNoon('2026-12-31T23:40')).toBe('2027-01-01T12:00');
});

describe('places on cards', () => {
  const field = (group: string, key: string, label: string) => ({ group, key, label });
  const design = (designId: number, fields: ReturnType<typeof field>[]) => ({
    designId,
    name: String(designId),
    programmeId: 1,
    credentialId: 7,
    archived: false,
    fields,
  });
  const choices: PassChoices = {
    designs: [
      design(3, [field('header', 'points', 'Points'), field('back', 'news', 'News')]),
      design(4, [field('back', 'offers', 'Offers'), field('back', 'rules', 'Rules')]),
    ],
    credentials: [],
    levels: [],
  };

  test('are told with what each design calls the field there, the backs first', () => {
    expect(placesOf(choices.designs)).toEqual([
      { place: 'Back1', group: 'back', number: 1, labels: ['News', 'Offers'] },
      { place: 'Back2', group: 'back', number: 2, labels: ['Rules'] },
      { place: 'Header1', group: 'header', number: 1, labels: ['Points'] },
    ]);
    expect(placeNamed('Second2')).toEqual({ group: 'secondary', number: 2 });
    expect(placeNamed('Elsewhere2')).toBeUndefined();
  });

  test('are those of the designs whose cards are meant', () => {
    const designs = (scope: 'certificates' | 'designs' | 'passes') =>
      designsOf({ scope, picked: { ...picked, passes: [{ id: 1, name: '' }] } }, choices, {
        designs: [{ designId: 4, name: '', cards: 1, label: '', template: '', banner: true }],
      }).map(({ designId }) => designId);
    expect([designs('certificates'), designs('designs'), designs('passes')]).toEqual([[3, 4], [3], [4]]);
  });
});
