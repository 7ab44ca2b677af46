import { type CardEntry, type CardPageData, cardPage, detectBrowser, type EntryKind } from '@tessera/guest';
import { formatNumber } from '@tessera/look';
import { entryFromJson } from '@tessera/loyalty';
import type { FastifyRequest } from 'fastify';
import type { Tenant } from '../../platform/database/index.ts';
import type { Http } from '../../platform/http/index.ts';
import { type AccountView, invitationOf, listChecks, listEntries, receiptSettingsOf } from '../loyalty/index.ts';
import { pictureOfPass } from '../wallet/index.ts';
import { cardExtras } from './card-extras.ts';
import { invitationText, messageText } from './invite-texts.ts';
import { noteCardOpened } from './note-visit.ts';
import { type CardRoutesOptions, type OpenedCard, openCard } from './open-card.ts';
import { guestTexts, presentAsPage, sendErrorPage, sendPage } from './visit.ts';

/** `/c/<guid>` and, for the page's own poll, `/c/<guid>.json`. Whoever knows the address may see the card. */
export function cardRoutes(http: Http, options: CardRoutesOptions): void {
  const config = { presentRefusal: presentAsPage, rateLimit: { max: 240, timeWindow: '1 minute' } };
  http.get<{ Params: { guid: string } }>(
    '/c/:guid.json',
    { config, schema: { hide: true } },
    async (request, reply) => {
      const opened = await openCard(options, request.params.guid);
      if (!opened) return reply.code(404).send({ version: '' });
      const version = versionOf(opened);
      reply.header('etag', `"${version}"`).header('cache-control', 'private, no-cache');
      if (request.headers['if-none-match'] === `"${version}"`) return reply.code(304).send();
      return { version };
    },
  );

  http.get<{ Params: { guid: string } }>('/c/:guid', { config, schema: { hide: true } }, async (request, reply) => {
    const opened = await openCard(options, request.params.guid);
    if (!opened) return sendErrorPage(request, reply, { code: 'card_not_found' });
    noteCardOpened(options.platform, request, opened);
    return sendPage(reply, await drawCard(options, request, opened));
  });
}

/** Changes with every entry of the ledger and every version of the card. */
const versionOf = ({ view, pass }: OpenedCard): string => `${view.state.nextEntryId}-${pass.contentVersion}`;

async function drawCard(options: CardRoutesOptions, request: FastifyRequest, opened: OpenedCard): Promise<string> {
  const { platform, assets } = options;
  const { tenant, pass, company, view, guest } = opened;
  const [picture, entries, invite, receipts, google] = await Promise.all([
    pictureOfPass(tenant, pass, request.language),
    recentEntries(tenant, view.accountId),
    inviteOf(options, request, opened),
    receiptSettingsOf(tenant, view.programmeId),
    !pass.voided && platform.offersGoogle(tenant),
  ]);
  const { guid } = pass;
  const browser = detectBrowser(request.headers['user-agent']);
  const { colours, images } = picture;
  const [extras, sketch] = await Promise.all([
    cardExtras(options, request, opened, { colour: colours.background, device: browser.device }),
    platform.cardSketch(tenant, images.strip ?? images.background),
  ]);
  const data: CardPageData = {
    site: {
      company: { name: company.name },
      path: `/c/${guid}`,
      assetVersion: assets.version,
      demo: company.demo,
    },
    locale: { currency: company.currency, timeZone: company.timeZone, now: platform.clock.now(), pointsScale: 2 },
    ...(guest.firstName ? { guestName: guest.firstName } : {}),
    card: picture,
    ...(sketch ? { sketch } : {}),
    balanceMinor: view.balance.available - view.balance.debt,
    level: levelOf(view, request),
    expiring: expiringSoon(view, platform.clock.now()),
    entries,
    ...(invite ? { invite } : {}),
    ...(receipts?.enabled && !pass.voided ? { receiptUrl: `/c/${guid}/receipt?lang=${request.language}` } : {}),
    ...(pass.voided ? {} : { appleUrl: `/c/${guid}.pkpass` }),
    ...(google ? { googleUrl: `/c/${guid}/google` } : {}),
    installed: pass.fetchedVersion > 0,
    browser,
    stateUrl: `/c/${guid}.json`,
    ...extras,
  };
  return cardPage(data, guestTexts(request), request.language);
}

/** The guest's own link to his friends, with who gets what. */
async function inviteOf(
  { platform }: CardRoutesOptions,
  request: FastifyRequest,
  { tenant, pass, view, company }: OpenedCard,
): Promise<CardPageData['invite'] | null> {
  const invitation = pass.voided ? null : await invitationOf(platform, tenant, view);
  if (!invitation) return null;
  const { settings, code, url } = invitation;
  return {
    code,
    url,
    text: invitationText(request.t, settings, company.currency),
    message: messageText(request.t, settings, company),
  };
}

function levelOf(view: AccountView, request: FastifyRequest): NonNullable<CardPageData['level']> {
  const { language } = request;
  const benefitOf = (rateBasisPoints: number) =>
    request.t('server:level.benefit', { rate: formatNumber(BigInt(rateBasisPoints), language, { scale: 2 }) });
  const { level, nextLevel, measure } = view;
  const benefit = benefitOf(view.earnRate);
  if (!nextLevel) return { name: level.name, benefit };
  const span = nextLevel.level.fromTurnover - level.fromTurnover;
  const done = measure - level.fromTurnover;
  return {
    name: level.name,
    benefit,
    next: {
      name: nextLevel.level.name,
      remaining: nextLevel.missing,
      measure: nextLevel.measure,
      progress: Math.min(1, Math.max(0, Number(done) / Number(span))),
      benefit: benefitOf(view.state.ownRates?.rateBasisPoints ?? nextLevel.level.rateBasisPoints),
    },
  };
}

const SOON_DAYS = 45;

/** Points that burn next year are no news; those that burn soon are worth a visit. */
function expiringSoon(view: AccountView, now: Temporal.Instant): CardPageData['expiring'] {
  const soon = now.add({ hours: SOON_DAYS * 24 });
  return view.balance.lotsByExpiry.flatMap(({ expiresAt, amount }) =>
    expiresAt && Temporal.Instant.compare(expiresAt, soon) < 0 ? [{ at: expiresAt, pointsMinor: amount }] : [],
  );
}

/** How the ledger's entries are called to a guest; what changes no balance is not shown. */
const guestKinds: Record<string, EntryKind | undefined> = {
  earn: 'earned',
  spend: 'spent',
  expire: 'expired',
  refill: 'gift',
  reward: 'referral',
  welcome: 'welcome',
  give_back: 'spend_returned',
  claw_back: 'earn_returned',
  settle_debt: 'correction',
  repay_forgiven: 'correction',
  deduct: 'correction',
  activate: 'gift',
};
const READ = 30;
const SHOWN = 10;

async function recentEntries(tenant: Tenant, accountId: number): Promise<CardEntry[]> {
  const [rows, checks] = await Promise.all([
    listEntries(tenant, { accountId, before: null, limit: READ, mainWallet: true }),
    listChecks(tenant, { accountId, before: null, limit: READ }),
  ]);
  const checkById = new Map(checks.map((check) => [check.checkId, check]));
  const entries = rows.flatMap(({ body, change, checkId }): CardEntry[] => {
    const { kind, occurredAt, explain } = entryFromJson(body);
    const guestKind = explain.texts.side === 'referee' ? 'invited' : guestKinds[kind];
    if (!guestKind || change === 0n) return [];
    const check = checkId === null ? undefined : checkById.get(checkId);
    return [
      {
        at: occurredAt,
        kind: guestKind,
        pointsMinor: change,
        ...(check ? { sumMinor: check.money + check.spent } : {}),
        ...(check?.venue ? { venue: check.venue } : {}),
      },
    ];
  });
  return entries.slice(0, SHOWN);
}
