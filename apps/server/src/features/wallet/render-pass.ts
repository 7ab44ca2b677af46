import type { CardPicture } from '@tessera/contract';
import { sha256 } from '../../platform/crypto/index.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { CardSubject, Design, PassIdentity, PassRecord, Snapshot } from './model.ts';
import { renderPicture } from './render-picture.ts';
import { type CardContent, resolveCard } from './resolve-fields.ts';
import { selectDesign } from './store/designs.ts';
import { takeVariables } from './variables.ts';

/** Takes the subject's texts that this design needs. */
export const takeSnapshot = (
  design: Design,
  { ownValues, own }: Pick<PassRecord, 'ownValues' | 'own'>,
  subject: CardSubject,
): Snapshot => ({
  revision: design.revision,
  variables: takeVariables(design.body, ownValues, subject, own),
  ...(own.expiresOn ? { expiresAt: endOfDay(own.expiresOn, subject.timeZone) } : {}),
});

/** The last second of a day, ISO 8601. */
const endOfDay = (date: string, timeZone: string): string =>
  Temporal.PlainDate.from(date)
    .add({ days: 1 })
    .toZonedDateTime(timeZone)
    .toInstant()
    .subtract({ seconds: 1 })
    .toString();

/** A card that has nothing of its own yet. */
export const NOTHING_OWN = { ownValues: {}, own: {}, voided: false } as const;

/** What the card shows at this snapshot. */
export const contentOf = (
  design: Design,
  pass: Pick<PassRecord, 'ownValues' | 'own' | 'voided'>,
  snapshot: Snapshot,
  identity: PassIdentity,
): CardContent =>
  resolveCard({
    design: design.body,
    ownValues: pass.ownValues,
    own: pass.own,
    expiresAt: snapshot.expiresAt,
    variables: snapshot.variables,
    identity,
    voided: pass.voided,
  });

/**
 * Two snapshots with the same hash make the same card: nothing to tell a phone. The token stays out of it, since it
 * never changes.
 */
export const hashContent = (content: CardContent): Buffer => sha256(JSON.stringify(content));

/** The card as a person sees it on a page: the same texts as on the phone, without the secret token. */
export async function pictureOfPass(tenant: Tenant, pass: PassRecord): Promise<CardPicture> {
  const design = await selectDesign(tenant, tenant.companyId, pass.designId);
  if (!design) throw new Error(`A pass has no design ${pass.designId}.`);
  return renderPicture(contentOf(design, pass, pass.snapshot, identityOf(pass)), tenant.companyId);
}

/** Without the token: for people's eyes and for the content hash. */
export const identityOf = ({ serial, guid }: Pick<PassRecord, 'serial' | 'guid'>): PassIdentity => ({
  serial,
  guid,
  token: '',
});
