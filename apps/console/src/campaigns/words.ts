import type { Campaign, PassChoices } from '@tessera/contract';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/format.ts';
import type { Tone } from '../ui/mark.tsx';
import { idsOf, type ScopeKind } from './draft.ts';
import { placeNamed } from './places.ts';

export const tones: Readonly<Record<Campaign['state'], Tone>> = {
  scheduled: 'quiet',
  waiting: 'quiet',
  failed: 'bad',
  running: 'quiet',
  paused: 'warning',
  finished: 'good',
  cancelled: 'quiet',
  undoing: 'quiet',
  undone: 'quiet',
};

/** What certificates and designs are called; '' for what is gone, and for single cards. */
export function nameOf(choices: PassChoices | undefined, kind: ScopeKind, id: number): string {
  if (kind === 'certificates') return choices?.credentials.find((one) => one.credentialId === id)?.name ?? '';
  if (kind === 'designs') return choices?.designs.find((one) => one.designId === id)?.name ?? '';
  return '';
}

const NAMES_SHOWN = 3;

/** A campaign in words: whose cards, which of them, where the message stands. */
export function useCampaignWords(choices: PassChoices | undefined) {
  const { t } = useTranslation(['campaigns', 'passes']);
  const format = useFormat();
  const scope = ({ scope: told }: Pick<Campaign, 'scope'>): string => {
    const ids = idsOf(told);
    if (told.kind === 'passes') return t('campaigns:scopeWords.passes', { count: ids.length });
    const names = ids
      .slice(0, NAMES_SHOWN)
      .map((id) => nameOf(choices, told.kind, id) || t('campaigns:scopeWords.gone'));
    const more = ids.length - names.length;
    const list = names.map((name) => t('campaigns:scopeWords.quoted', { name })).join(', ');
    const all = more > 0 ? t('campaigns:scopeWords.more', { list, number: more }) : list;
    return t(`campaigns:scopeWords.${told.kind}`, { count: ids.length, list: all });
  };
  const filter = ({ filter: told }: Pick<Campaign, 'filter'>): string[] => {
    const { installed, platform, pointsOver, level, createdFrom, createdTo } = told;
    const levelName = choices?.levels.find(({ levelId }) => levelId === level)?.name ?? level;
    return [
      ...(installed ? [t(`passes:filter.words.${installed}`)] : []),
      ...(platform ? [t(`passes:filter.words.${platform}`)] : []),
      ...(level === undefined ? [] : [t('campaigns:filterWords.level', { level: levelName })]),
      ...(pointsOver === undefined
        ? []
        : [t('campaigns:filterWords.points', { points: format.pointsNumber(pointsOver) })]),
      ...(createdFrom ? [t('campaigns:filterWords.from', { day: format.date(createdFrom) })] : []),
      ...(createdTo ? [t('campaigns:filterWords.to', { day: format.date(createdTo) })] : []),
    ];
  };
  const place = (name: string): string => {
    const known = placeNamed(name);
    return known ? t(`campaigns:place.${known.group}`, { number: known.number }) : name;
  };
  return { scope, filter, place };
}
