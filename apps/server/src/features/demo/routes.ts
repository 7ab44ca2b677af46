import { demoMessagesPage, demoPhonePage, landingPage } from '@tessera/guest';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { MovableClock } from '../../platform/clock.ts';
import type { Platform } from '../../platform/context.ts';
import type { Tenant } from '../../platform/database/index.ts';
import { type Http, withForms } from '../../platform/http/index.ts';
import type { Jobs } from '../../platform/jobs/index.ts';
import { type GuestAssets, guestTexts, sendPage } from '../growth/index.ts';
import { demoClockRoutes } from './clock.routes.ts';
import { DEMO_FORM_ID, demoCompany } from './company.ts';
import { createLiveFeed, type LiveFeed } from './live.ts';
import { describePhone } from './phone-page.ts';
import { selectDemoCards } from './store.ts';
import type { DemoWorld } from './world.ts';

export type DemoRoutesOptions = {
  platform: Platform;
  tenant: Tenant;
  world: DemoWorld;
  assets: GuestAssets;
  clock: MovableClock;
  jobs: Jobs;
};

const CARDS_SHOWN = 30;
const MESSAGES_SHOWN = 50;
const hidden = { schema: { hide: true } };

/** `/` says where to click; `/demo/phone` is a phone with the card; `/demo/messages` what sms.ru would have sent. */
export function demoRoutes(http: Http, options: DemoRoutesOptions): void {
  const { world, assets } = options;
  const phoneFeed = createLiveFeed();
  const messageFeed = createLiveFeed();
  world.phone.onChange(phoneFeed.tell);
  world.smsRu.onMessage(messageFeed.tell);
  http.addHook('preClose', async () => {
    phoneFeed.close();
    messageFeed.close();
  });
  const site = (path: string) => ({
    company: { name: demoCompany.name },
    path,
    assetVersion: assets.version,
    demo: true,
  });

  http.get('/', hidden, async (request, reply) => {
    const links = {
      form: withLanguage(request, `/n/${DEMO_FORM_ID}`),
      messages: withLanguage(request, '/demo/messages'),
      phone: withLanguage(request, '/demo/phone'),
      till: '/till/',
      console: '/console/',
    };
    const page = landingPage(
      { site: site('/'), links, clock: demoTime(options) },
      guestTexts(request),
      request.language,
    );
    return sendPage(reply, page);
  });

  feedRoutes(http, '/demo/phone', phoneFeed);
  feedRoutes(http, '/demo/messages', messageFeed);
  http.get('/demo/phone', hidden, (request, reply) => showPhone(request, reply, options, site('/demo/phone')));
  http.get('/demo/messages', hidden, (request, reply) => showMessages(request, reply, options, site('/demo/messages')));
  withForms(http, (scope) => phoneActions(scope, options));
  demoClockRoutes(http, options, () => {
    phoneFeed.tell();
    messageFeed.tell();
  });
}

const demoTime = ({ clock }: DemoRoutesOptions) => ({
  action: '/demo/clock',
  now: clock.now(),
  timeZone: demoCompany.timeZone,
  moved: clock.aheadMilliseconds() > 0,
});

const withLanguage = (request: FastifyRequest, path: string): string => `${path}?lang=${request.language}`;
type Site = { company: { name: string }; path: string; assetVersion: string; demo: boolean };

function feedRoutes(http: Http, path: string, feed: LiveFeed): void {
  http.get(`${path}/events`, hidden, (_request, reply) => feed.open(reply));
  http.get(`${path}.json`, hidden, async (request, reply) => {
    const tag = `"${feed.version()}"`;
    reply.header('etag', tag).header('cache-control', 'private, no-cache');
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return { version: feed.version() };
  });
}

async function showPhone(
  request: FastifyRequest,
  reply: FastifyReply,
  options: DemoRoutesOptions,
  site: Site,
): Promise<FastifyReply> {
  const { platform, tenant, world } = options;
  const query = request.query as { wallpaper?: string; side?: string };
  const page = demoPhonePage(
    {
      site,
      locale: { timeZone: demoCompany.timeZone, now: platform.clock.now() },
      wallpaper: query.wallpaper === 'dark' ? 'dark' : 'light',
      side: query.side === 'back' ? 'back' : 'front',
      clock: demoTime(options),
      ...describePhone(world, await selectDemoCards(tenant, CARDS_SHOWN)),
      actions: {
        install: withLanguage(request, '/demo/phone/install'),
        remove: withLanguage(request, '/demo/phone/remove'),
        refresh: withLanguage(request, '/demo/phone/refresh'),
        updates: withLanguage(request, '/demo/phone/updates'),
      },
      eventsUrl: '/demo/phone/events',
      stateUrl: '/demo/phone.json',
      formUrl: withLanguage(request, `/n/${DEMO_FORM_ID}`),
      tillUrl: '/till/',
    },
    guestTexts(request),
    request.language,
  );
  return sendPage(reply, page);
}

async function showMessages(
  request: FastifyRequest,
  reply: FastifyReply,
  { platform, world }: DemoRoutesOptions,
  site: Site,
): Promise<FastifyReply> {
  const t = platform.texts(request.language);
  // A call rings nowhere here: it is shown with the number's last digits, which are the code.
  const calls = world.smsRu.calls().map(({ at, phone, code }) => {
    return { at, phone, from: undefined, text: t('server:sms.call', { code }), status: 103 };
  });
  const sent = [...world.smsRu.sent(), ...calls]
    .sort((left, right) => Temporal.Instant.compare(right.at, left.at))
    .slice(0, MESSAGES_SHOWN);
  const page = demoMessagesPage(
    {
      site,
      locale: { timeZone: demoCompany.timeZone, now: platform.clock.now() },
      messages: sent.map(({ at, phone, from, text, status }) => ({
        at,
        to: phone,
        sender: from ?? 'SMS',
        text,
        status: status === 103 ? 'delivered' : status >= 104 ? 'failed' : 'sent',
      })),
      formUrl: withLanguage(request, `/n/${DEMO_FORM_ID}`),
      eventsUrl: '/demo/messages/events',
      stateUrl: '/demo/messages.json',
    },
    guestTexts(request),
    request.language,
  );
  return sendPage(reply, page);
}

/** The buttons under the phone. Each leads back to it. */
function phoneActions(http: Http, { platform, tenant, world }: DemoRoutesOptions): void {
  const { phone } = world;
  const action = (name: string, act: (body: Record<string, unknown>) => Promise<unknown>) =>
    http.post(`/demo/phone/${name}`, hidden, async (request, reply) => {
      const { body } = request;
      await act(typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {});
      return reply.redirect(withLanguage(request, '/demo/phone'), 303);
    });
  const held = () => phone.snapshot().cards[0];
  action('install', async ({ card }) => {
    const known = await selectDemoCards(tenant, CARDS_SHOWN);
    const chosen = known.find(({ guid }) => guid === card);
    if (!chosen) return;
    const before = held();
    if (before && before.serialNumber !== chosen.serial) await phone.remove(before);
    await phone.installFrom(`${platform.publicUrl}/c/${chosen.guid}.pkpass`);
  });
  action('remove', async () => {
    const card = held();
    if (card) await phone.remove(card);
  });
  action('refresh', async () => {
    const card = held();
    if (card) await phone.pullToRefresh(card);
  });
  action('updates', async ({ on }) => {
    const card = held();
    if (card) await phone.setAutomaticUpdates(card, on === '1');
  });
}
