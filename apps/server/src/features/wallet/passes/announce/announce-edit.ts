import type { Announcement } from '@tessera/contract';
import type { Tenant } from '../../../../platform/database/index.ts';
import { insertFieldMessages } from '../../google/messages.store.ts';
import { markWanted } from '../../google/objects.store.ts';
import { type CardNews, type DesignBody, ownOr } from '../../model.ts';
import type { PassEdit } from '../../refresh-pass.ts';
import { rememberDesigns } from '../../remember-designs.ts';
import { writeOutbox } from '../../store/outbox.ts';
import { referencedField } from '../../variables.ts';
import type { Wallet } from '../../wallet.ts';
import { sameThings } from '../own-things.ts';

/** The key of the field that stands at a place such as `Back1`; undefined: the design has none there. */
export function announcedField(body: DesignBody, place: string): string | undefined {
  const reference = referencedField(place);
  return reference && body.fields[reference[0]][reference[1]]?.key;
}

/** Whether a style has a place for a banner (Apple, "Pass design and creation: images"). */
export const showsBanner = ({ style }: DesignBody): boolean => style !== 'generic';

/** A card's own things with what a campaign says. */
export function withNews(
  { ownValues, own }: Parameters<typeof sameThings>[0],
  body: DesignBody,
  field: string,
  { text, url, banner }: Pick<Announcement, 'text' | 'url' | 'banner'>,
): Parameters<typeof sameThings>[0] {
  const images = banner && showsBanner(body) ? banner : undefined;
  const news: CardNews = { field, ...(url === undefined ? {} : { url }), ...(images ? { images } : {}) };
  return { ownValues: { ...ownValues, [field]: text }, own: { ...own, news } };
}

/** What the message of an operation is called at Google. */
export const messageKeyOf = (bulkId: number): string => `operation:${bulkId}`;

/**
 * Puts a campaign's text into a field of each card and lets it speak: on phones and in browsers as the change of the field,
 * in Google Wallet, which is silent about texts, as a message. `refuse` hears which cards have no such field.
 */
export function announceEdit(
  wallet: Wallet,
  tenant: Tenant,
  { bulkId, announcement }: { bulkId: number; announcement: Announcement },
  refuse: (passId: number) => void,
): PassEdit {
  const designOf = rememberDesigns(tenant);
  return {
    change: async (pass) => {
      if (pass.deletedAt || pass.voided) return null;
      const body = (await designOf(pass.designId))?.body;
      const field = body ? announcedField(body, announcement.field) : undefined;
      if (!body || field === undefined) {
        refuse(pass.passId);
        return null;
      }
      const things = withNews(pass, body, field, announcement);
      return sameThings(pass, things) ? null : things;
    },
    also: async (transaction, changes) => {
      const now = wallet.clock.now();
      // A text that says the same as before is no news, whatever else has changed with it.
      const told = changes.flatMap(({ before, after }) => {
        const field = after.own.news?.field;
        if (field === undefined || ownOr(before.ownValues[field], '') === after.ownValues[field]) return [];
        return [{ passId: after.passId, field }];
      });
      await insertFieldMessages(transaction, told, { key: messageKeyOf(bulkId), now });
      const passIds = told.map(({ passId }) => passId);
      if (await markWanted(transaction, passIds, { urgent: false, now })) {
        await writeOutbox(transaction, 'google_wanted', {}, now);
      }
    },
  };
}
