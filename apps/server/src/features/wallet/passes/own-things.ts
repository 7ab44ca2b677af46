import { type PassPatch, type PassThings, type Result, refuse, succeed } from '@tessera/contract';
import { type DesignBody, fieldGroups, type OwnThings, type PassRecord } from '../model.ts';
import { withoutEmpty } from './model.ts';

/** What somebody wishes of a card's own things: absent is as it is, empty or null is none of its own. */
export type ThingsWish = Pick<
  PassPatch,
  'values' | 'barcodeMessage' | 'nfcMessage' | 'expiresOn' | 'customFields' | 'notes'
>;

type Things = Pick<PassRecord, 'ownValues' | 'own'>;

export const fieldKeysOf = (body: DesignBody): string[] =>
  fieldGroups.flatMap((group) => body.fields[group].map(({ key }) => key));

/**
 * The card's own things with what is wished.
 * @returns pass_field_unknown, value_invalid (a day that is none)
 */
export function withWish(card: Things, body: DesignBody, wish: ThingsWish): Result<Things> {
  const known = new Set([...fieldKeysOf(body), ...Object.keys(card.ownValues)]);
  const unknown = Object.keys(wish.values ?? {}).find((key) => !known.has(key));
  if (unknown !== undefined) return refuse('pass_field_unknown', { field: unknown });
  if (wish.expiresOn && !isDay(wish.expiresOn)) return refuse('value_invalid', { field: 'expiresOn' });
  const { values, ...rest } = wish;
  const told = Object.fromEntries(Object.entries(rest).filter(([, thing]) => thing !== undefined));
  // A till compares what it has scanned: no spaces around.
  if (typeof told.barcodeMessage === 'string') told.barcodeMessage = told.barcodeMessage.trim();
  const customFields = { ...card.own.customFields, ...wish.customFields };
  const ownValues = withoutEmpty({ ...card.ownValues, ...values }) as Things['ownValues'];
  const own = withoutEmpty({ ...card.own, ...told, customFields }) as OwnThings;
  return succeed({ ownValues, own: withoutOldNews(ownValues, own) });
}

/** What a campaign put on a card goes with its text. */
export function withoutOldNews(ownValues: Things['ownValues'], { news, ...own }: OwnThings): OwnThings {
  return news && ownValues[news.field] !== undefined ? { ...own, news } : own;
}

function isDay(text: string): boolean {
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/** Whether two cards have the same things of their own, in whatever order they are written. */
export const sameThings = (left: Things, right: Things): boolean =>
  sameJson([left.ownValues, left.own], [right.ownValues, right.own]);

/** Whether two values say the same, in whatever order their fields are written. */
export const sameJson = (left: unknown, right: unknown): boolean => canonical(left) === canonical(right);

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

export const tellThings = ({ ownValues, own }: Things): PassThings => ({
  values: { ...ownValues },
  barcodeMessage: own.barcodeMessage ?? '',
  nfcMessage: own.nfcMessage ?? '',
  expiresOn: own.expiresOn ?? null,
  customFields: { '5': '', '6': '', '7': '', ...own.customFields },
  notes: own.notes ?? '',
});
