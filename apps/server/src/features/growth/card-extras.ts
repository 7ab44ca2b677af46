import type { CardPageData } from '@tessera/guest';
import { drawCode } from '../../platform/barcode.ts';
import type { Tenant } from '../../platform/database/index.ts';
import type { Request } from '../../platform/http/index.ts';
import { consentsOf } from '../guests/index.ts';
import { couponsOfAccount, readableCode } from '../loyalty/index.ts';
import { isPrintable, maySharePass } from '../wallet/index.ts';
import type { CardRoutesOptions, OpenedCard } from './open-card.ts';
import { selectCardsOfGuest } from './store.ts';

type Extras = Pick<
  CardPageData,
  'app' | 'pageUrl' | 'mayShare' | 'pdfUrl' | 'push' | 'phoneQr' | 'coupons' | 'others' | 'advertisingUrl'
>;

/** Whether the guest agrees to advertising now. */
export const agrees = async (tenant: Tenant, guestId: number): Promise<boolean> =>
  (await consentsOf(tenant, guestId)).some(({ purpose }) => purpose === 'marketing');

/** What stands on a card's page besides the card and its account: it as an app, coupons, the guest's other cards. */
export async function cardExtras(
  { platform }: Pick<CardRoutesOptions, 'platform'>,
  request: Request,
  { tenant, pass, view }: OpenedCard,
  { colour, device }: { colour: string; device: CardPageData['browser']['device'] },
): Promise<Extras> {
  const { guid } = pass;
  const [coupons, others, printable, mayShare, hears] = await Promise.all([
    pass.voided ? [] : couponsOfAccount(platform, tenant, pass.accountId),
    selectCardsOfGuest(tenant, pass.passId, OTHERS_MAX),
    isPrintable(tenant, pass),
    maySharePass(tenant, pass),
    agrees(tenant, view.guestId),
  ]);
  const pageUrl = `${platform.publicUrl}/c/${guid}`;
  return {
    pageUrl,
    mayShare,
    ...(platform.webPushKey !== null && !pass.voided
      ? { push: { url: `/c/${guid}/push?lang=${request.language}`, key: platform.webPushKey } }
      : {}),
    ...(printable ? { pdfUrl: `/c/${guid}.pdf?lang=${request.language}` } : {}),
    ...(device === 'other' && !pass.voided ? { phoneQr: drawCode('qr', pageUrl) } : {}),
    app: {
      manifestUrl: `/c/${guid}/app.webmanifest?lang=${request.language}`,
      iconUrl: `/c/${guid}/icon-180.png`,
      workerUrl: '/c/worker.js',
      colour,
    },
    coupons: coupons.map(({ code, kind, expiresAt }) => ({
      name: kind.name,
      code: readableCode(code),
      ...(expiresAt ? { until: expiresAt } : {}),
    })),
    ...(hears ? { advertisingUrl: `/c/${guid}/advertising?lang=${request.language}` } : {}),
    others: others.map((one) => ({ name: one.name, url: `/c/${one.guid}?lang=${request.language}` })),
  };
}

const OTHERS_MAX = 9;
