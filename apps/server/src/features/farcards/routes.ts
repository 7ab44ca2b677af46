import type { Http, Reply, Request } from '../../platform/http/index.ts';
import { type Journal, noteEvent } from '../journal/index.ts';
import {
  cardFound,
  cardNotFound,
  foundByText,
  noImage,
  notFoundByText,
  packageDone,
  packageRefused,
  problemText,
} from './answers.ts';
import { commitPackage } from './commit-package.ts';
import { type FarCardsPlatform, findCardByText, lookUpCard, tellingOf } from './find-card.ts';
import { readFind, readLookup, readTransactions } from './read-request.ts';
import { createCallNotes, type FarCardsCaller, type FarCardsCallers } from './settings.ts';

const BODY_BYTES_MAX = 1024 * 1024;
const hidden = { schema: { hide: true }, bodyLimit: BODY_BYTES_MAX };

/**
 * r_keeper 7 asks by its HTTP plug-in of FarCards (fact sheet of r_keeper, section 2.2): POST with XML, answered with XML.
 * The interface knows no authentication, so the address carries a secret, and the company may list who calls.
 */
export function farCardsRoutes(
  http: Http,
  { platform, callers }: { platform: FarCardsPlatform & { readonly journal: Journal }; callers: FarCardsCallers },
): void {
  const noteCall = createCallNotes(platform);
  http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, done) =>
      done(null, decode(body as Buffer)),
    );
    const answer = (name: string, act: (text: string, caller: FarCardsCaller, reply: Reply) => Promise<string>) =>
      scope.post(`/farcards/:secret/${name}`, hidden, async (request, reply) => {
        const caller = await callers.find(secretOf(request), request.ip);
        if (!caller) return reply.code(404).send();
        await noteCall(caller.tenant);
        const text = typeof request.body === 'string' ? request.body : '';
        return reply.type('text/xml; charset=utf-8').send(await act(text, caller, reply as Reply));
      });

    answer('GetCardInfoEx', async (text, { tenant, settings }, reply) => {
      const { t } = tellingOf(platform, settings);
      const query = readLookup(text);
      if (query === null) reply.code(400);
      const card = query && (await lookUpCard(platform, tenant, settings, query));
      if (!card) return cardNotFound(t);
      noteEvent(platform, tenant, { kind: 'card_scanned', accountId: card.accountId, source: 'r_keeper' });
      return cardFound(card, t);
    });

    answer('TransactionsEx', async (text, { tenant, settings }) => {
      const { t } = tellingOf(platform, settings);
      const wish = readTransactions(text);
      if (wish === null) return packageRefused(t('server:farcards.unreadable'));
      const committed = await commitPackage(platform, tenant, settings, wish);
      if (committed.ok) return packageDone({ ...committed, count: wish.transactions.length });
      if ('problem' in committed) return packageRefused(problemText(committed.problem, t));
      return packageRefused(t(`errors:${committed.refusal.code}`, committed.refusal.params));
    });

    answer('FindEmail', async (text, { tenant, settings }) => {
      const { t } = tellingOf(platform, settings);
      const query = readFind(text);
      const found = query ? await findCardByText(platform, tenant, query) : null;
      if (found?.ok) return foundByText(found.value);
      const unknown = !found || found.refusal.code === 'account_not_found';
      return notFoundByText(
        unknown ? t('server:farcards.unknown') : t(`errors:${found.refusal.code}`, found.refusal.params),
      );
    });

    answer('GetCardImageEx', async (_text, { settings }) => noImage(tellingOf(platform, settings).t));

    // The station reports its licence; it only waits for an answer.
    answer('LicenseInfo', async () => '<?xml version="1.0" encoding="UTF-8"?><Root Result="0"/>');
  });
}

const secretOf = (request: unknown): string => ((request as Request).params as { secret: string }).secret.slice(0, 200);

/** UTF-8, unless the document says that it is of the older kind. */
function decode(body: Buffer): string {
  const head = body.subarray(0, 200).toString('latin1');
  const older = /^[^>]*encoding=["'](windows-1251|cp1251)["']/i.test(head);
  return new TextDecoder(older ? 'windows-1251' : 'utf-8').decode(body).replace(/^\ufeff/, '');
}
