import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { CampaignPlan, CampaignPreview } from '@tessera/contract';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/http.ts';
import { useSession } from '../app/company.ts';
import { serverClock } from '../app/server-clock.ts';
import { localOf } from '../designs/draft.ts';
import { useKept } from '../ui/kept.ts';
import { type Draft, readDraft, type Wrong } from './draft.ts';
import { previewQuery, useCreateCampaign } from './queries.ts';

const PREVIEW_AFTER_MILLISECONDS = 600;

/** Where an error of the server belongs. */
export type Place = Wrong | 'field' | 'banner' | 'at';

const placeOfCode: Readonly<Record<string, Place>> = {
  campaign_hour: 'at',
  pass_field_unknown: 'field',
  picture_not_found: 'banner',
};
const placeOfPath: readonly (readonly [RegExp, Place])[] = [
  [/message\W+url/, 'url'],
  [/message\W+text/, 'text'],
  [/message\W+field/, 'field'],
  [/banner/, 'banner'],
  [/quietHours/, 'quietHours'],
  [/scope/, 'scope'],
  [/\bat$/, 'at'],
];

/** What the server says of one of the fields; what it says of none stands by the buttons. */
function toldBy(error: unknown): Partial<Record<Place, string>> {
  if (!(error instanceof ApiError)) return {};
  const place = placeOfCode[error.code];
  if (place) return { [place]: error.message };
  return Object.fromEntries(
    error.fields.flatMap(({ path, message }) => {
      const found = placeOfPath.find(([pattern]) => pattern.test(path));
      return found ? [[found[1], message]] : [];
    }),
  );
}

/** A campaign in hand: what is typed, what is wrong with it, whom it would reach, and the sending. */
export function useCampaign(name: string, start: Draft) {
  const { t } = useTranslation('campaigns');
  const { timeZone } = useSession().company;
  const kept = useKept(`campaign.${name}`, start);
  const { value: draft, forget } = kept;
  const [asked, setAsked] = useState<'now' | 'later' | null>(null);
  const { plan, wrong } = useMemo(() => readDraft(draft), [draft]);
  const create = useCreateCampaign();
  const told = toldBy(create.error);
  const change = (part: Partial<Draft> | ((before: Draft) => Partial<Draft>)): void => {
    if (create.isError) create.reset();
    kept.change(part);
  };
  const now = localOf(new Date(serverClock.now()).toISOString(), timeZone);
  const lacksHour = draft.at === '' || draft.at < now;
  const errorOf = (place: Place): string | undefined => {
    if (told[place]) return told[place];
    if (place === 'at') return asked === 'later' && lacksHour ? t('when.wrong') : undefined;
    // Nobody is told off for a field that he has not come to yet, but a wrong address is wrong at once.
    const early = place === 'url' || place === 'quietHours';
    return (early || asked !== null) && wrong.includes(place as Wrong) ? t(`wrong.${place as Wrong}`) : undefined;
  };
  /** Whether it may be sent so; else the fields say what they lack. */
  const check = (when: 'now' | 'later'): boolean => {
    setAsked(when);
    return wrong.length === 0 && (when === 'now' || !lacksHour);
  };
  return {
    draft,
    plan,
    wrong,
    now,
    change,
    errorOf,
    check,
    create,
    forget,
    /** Said of none of the fields. */
    unplaced: create.isError && Object.keys(told).length === 0 ? create.error : null,
  };
}

export type CampaignForm = ReturnType<typeof useCampaign>;

/** Whom a plan reaches, asked a moment after the last letter. `now`: the answer is that of what stands there. */
export function usePreview({ plan, wrong }: CampaignForm, placeholder: string) {
  const asked = useMemo((): CampaignPlan | null => {
    if (wrong.includes('scope')) return null;
    const { message } = plan;
    return message.text === '' ? { ...plan, message: { ...message, text: placeholder } } : plan;
  }, [plan, wrong, placeholder]);
  const [settled] = useDebouncedValue(asked, PREVIEW_AFTER_MILLISECONDS);
  const query = useQuery(previewQuery(settled));
  const fresh = settled === asked && query.data !== undefined && !query.isPlaceholderData && !query.isError;
  return { preview: asked === null ? undefined : query.data, fresh, query, isAsked: asked !== null };
}

export type PreviewInHand = ReturnType<typeof usePreview>;

/** Cards that would be told: those of designs without the field are not. */
export const toldCards = ({ cards, designs }: CampaignPreview): number =>
  cards - designs.reduce((sum, design) => sum + (design.label === null ? design.cards : 0), 0);
