import type { CardPicture } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { endOfDay, lastDayOf } from './design/expiry.ts';
import { languagesOf, localizeDesign } from './design/localize.ts';
import { nearestPlaces, PLACES_ON_CARD_MAX } from './design/nearest-places.ts';
import type { CardSubject, Design, DesignBody, DesignPlace, PassIdentity, PassRecord, Snapshot } from './model.ts';
import { renderPicture } from './render-picture.ts';
import { type CardContent, type LocalContent, type LocalContents, resolveCard } from './resolve-fields.ts';
import { selectDesign } from './store/designs.ts';
import { takePlainValues, takeVariables } from './variables.ts';

type OwnOfCard = Pick<PassRecord, 'ownValues' | 'own'> & {
  /** Of the issue; absent: it is nobody's card, and days from its issue are not counted. */
  readonly createdAt?: Temporal.Instant;
};

/** Takes the subject's texts that this design needs, in each of its languages. */
export function takeSnapshot(
  { body, revision }: Pick<Design, 'body' | 'revision'>,
  { ownValues, own, createdAt }: OwnOfCard,
  subject: CardSubject,
  code?: string,
): Snapshot {
  const { timeZone, anchor } = subject;
  const counts = body.expiry?.kind !== 'days' || createdAt !== undefined;
  const issue = { issuedAt: createdAt ?? Temporal.Instant.fromEpochMilliseconds(0), timeZone };
  const expiresOn = lastDayOf(counts ? body : {}, own, issue);
  const facts = { ...own, expiresOn };
  const [first, ...others] = languagesOf(body);
  const take = (language: Language) => takeVariables(localizeDesign(body, language), ownValues, subject, own, facts);
  const plain = Object.assign(
    {},
    ...[first, ...others].map((one) => takePlainValues(localizeDesign(body, one), ownValues, subject, facts)),
  );
  return {
    revision,
    variables: take(first),
    ...(others.length > 0 ? { languages: Object.fromEntries(others.map((one) => [one, take(one)])) } : {}),
    ...(Object.keys(plain).length > 0 ? { plain } : {}),
    ...(others.includes(subject.language) ? { lead: subject.language } : {}),
    ...(anchor && (body.places?.length ?? 0) > PLACES_ON_CARD_MAX ? { anchor } : {}),
    ...(code === undefined ? {} : { code }),
    ...(body.venuePlaces ? { places: nearVenues(subject) } : {}),
    ...(expiresOn ? { expiresAt: endOfDay(expiresOn, timeZone) } : {}),
  };
}

/** The ten nearest venues, in the order of the company's list. */
function nearVenues({ venues, anchor }: CardSubject): DesignPlace[] {
  const near = nearestPlaces(venues, anchor);
  return venues.filter((venue) => near.includes(venue));
}

/** A card that has nothing of its own yet. */
export const NOTHING_OWN = { ownValues: {}, own: {}, voided: false } as const;

type CardOf = Pick<PassRecord, 'ownValues' | 'own' | 'voided'>;

/** What the card shows at this snapshot, in each language of its design; the guest's own comes first. */
export function contentsOf(
  design: Pick<Design, 'body'>,
  pass: CardOf,
  snapshot: Snapshot,
  identity: PassIdentity,
): LocalContents {
  const [first, ...others] = languagesOf(design.body);
  const say = (language: Language) => ({
    language,
    content: resolveCard({
      design: withPlaces(localizeDesign(design.body, language), snapshot),
      ownValues: pass.ownValues,
      own: pass.own,
      expiresAt: snapshot.expiresAt,
      code: snapshot.code,
      variables: variablesOf(snapshot, design.body, language),
      plain: snapshot.plain ?? {},
      origin: { design: design.body, variables: snapshot.variables },
      anchor: snapshot.anchor ?? null,
      identity,
      voided: pass.voided,
    }),
  });
  const { lead } = snapshot;
  if (lead === undefined || !others.includes(lead)) return [say(first), ...others.map(say)];
  return [say(lead), ...[first, ...others].filter((one) => one !== lead).map(say)];
}

const withPlaces = (body: DesignBody, { places }: Snapshot): DesignBody =>
  body.venuePlaces ? { ...body, places: places ?? [] } : body;

/** A snapshot from before the design spoke a language tells its numbers and names in the one that it has. */
const variablesOf = (snapshot: Snapshot, { language: first }: DesignBody, language: Language) =>
  language === first ? snapshot.variables : (snapshot.languages?.[language] ?? snapshot.variables);

/** What the card shows at this snapshot, in the language of its guest if the design speaks it. */
export const contentOf = (
  design: Pick<Design, 'body'>,
  pass: CardOf,
  snapshot: Snapshot,
  identity: PassIdentity,
): CardContent => contentsOf(design, pass, snapshot, identity)[0].content;

/**
 * Two snapshots with the same hash make the same card: nothing to tell a phone. The token stays out of it, since it
 * never changes. A store card in one language hashes as before there were others: no phone is told of nothing.
 */
export function hashContents(contents: LocalContents): Buffer {
  const [first, ...others] = contents;
  const hashed = ({ content: { style, ...content } }: LocalContent) =>
    style === 'storeCard' ? content : { ...content, style };
  if (others.length === 0) return sha256(JSON.stringify(hashed(first)));
  return sha256(JSON.stringify(contents.map((one) => [one.language, hashed(one)])));
}

/** The card as a person sees it on a page: the same texts as on the phone, without the secret token. */
export async function pictureOfPass(tenant: Tenant, pass: PassRecord, language?: Language): Promise<CardPicture> {
  const design = await selectDesign(tenant, tenant.companyId, pass.designId);
  if (!design) throw new Error(`A pass has no design ${pass.designId}.`);
  const contents = contentsOf(design, pass, pass.snapshot, identityOf(pass));
  const { content } = contents.find((one) => one.language === language) ?? contents[0];
  return renderPicture(content, tenant.companyId);
}

/** Without the token: for people's eyes and for the content hash. */
export const identityOf = ({ serial, guid }: Pick<PassRecord, 'serial' | 'guid'>): PassIdentity => ({
  serial,
  guid,
  token: '',
});
