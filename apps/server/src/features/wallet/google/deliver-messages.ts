import type { GoogleFailure } from '../../../adapters/google-wallet/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { contentOf, identityOf } from '../render-pass.ts';
import type { CardContent } from '../resolve-fields.ts';
import { selectDesign } from '../store/designs.ts';
import { selectPass } from '../store/passes.ts';
import type { Wallet } from '../wallet.ts';
import { type StoredMessage, selectWaiting, takeNotification, updateMessage } from './messages.store.ts';
import { type GoogleObject, NOTIFICATIONS_A_DAY } from './model.ts';
import type { PushRound } from './push-object.ts';

/**
 * Sends what waits to be said of a card. While the day's notifications last a message is told aloud; after that it is
 * added without a word, and several that wait are merged into their newest, as nobody reads three silent ones.
 */
export async function sendWaitingMessages(
  wallet: Wallet,
  tenant: Tenant,
  round: PushRound,
  object: GoogleObject,
): Promise<{ status: 'done' } | GoogleFailure> {
  const waiting = await selectWaiting(tenant, object.passId);
  const wordsOf = createWords(tenant, object.passId);
  for (const [index, message] of waiting.entries()) {
    const budget = { reason: `message:${message.key}`, limit: NOTIFICATIONS_A_DAY, now: wallet.clock.now() };
    const aloud = await takeNotification(tenant, object.passId, budget);
    if (!aloud && index < waiting.length - 1) {
      await settle(wallet, tenant, object, message, 'merged');
      continue;
    }
    const words = await wordsOf(message);
    // The field has been emptied meanwhile: there is nothing left to say.
    if (!words) {
      await settle(wallet, tenant, object, message, 'merged');
      continue;
    }
    const sent = await sendOne(wallet, tenant, round, object, { ...words, key: message.key, aloud });
    if (sent.status !== 'done') return sent;
  }
  return { status: 'done' };
}

type Words = { readonly header: string; readonly body: string };

/** What messages of a card say; the card is read once, and only where one of them is what a field says. */
function createWords(tenant: Tenant, passId: number): (message: StoredMessage) => Promise<Words | null> {
  let reading: Promise<CardContent | null> | null = null;
  return async ({ header, body, field }) => {
    if (field === null) return { header, body };
    reading ??= readContent(tenant, passId);
    const content = await reading;
    const said =
      content &&
      Object.values(content.fields)
        .flat()
        .find(({ key }) => key === field);
    return said ? { header: content.organizationName, body: said.value } : null;
  };
}

async function readContent(tenant: Tenant, passId: number): Promise<CardContent | null> {
  const pass = await selectPass(tenant, tenant.companyId, passId);
  const design = pass && (await selectDesign(tenant, tenant.companyId, pass.designId));
  return design ? contentOf(design, pass, pass.snapshot, identityOf(pass)) : null;
}

async function sendOne(
  wallet: Wallet,
  tenant: Tenant,
  { access, patienceMilliseconds }: PushRound,
  object: GoogleObject,
  message: Words & { readonly key: string; readonly aloud: boolean },
): Promise<{ status: 'done' } | GoogleFailure> {
  const { key: id, header, body, aloud } = message;
  const kind = `${object.vertical}Object` as const;
  const send = (messageType: 'TEXT' | 'TEXT_AND_NOTIFY') =>
    wallet.google.addMessage(
      access.account,
      kind,
      object.objectId,
      { id, header, body, messageType },
      { patienceMilliseconds },
    );
  let told = aloud;
  let answer = await send(aloud ? 'TEXT_AND_NOTIFY' : 'TEXT');
  if (answer.status === 'spent') {
    // Google has counted otherwise than we did.
    told = false;
    answer = await send('TEXT');
  }
  switch (answer.status) {
    case 'done':
      await settle(wallet, tenant, object, message, told ? 'notified' : 'silent');
      return { status: 'done' };
    case 'refused':
    case 'absent':
    case 'spent':
      await settle(wallet, tenant, object, message, 'refused');
      return { status: 'done' };
    default:
      return answer;
  }
}

const settle = (
  wallet: Wallet,
  tenant: Tenant,
  { passId }: GoogleObject,
  { key }: Pick<StoredMessage, 'key'>,
  state: 'notified' | 'silent' | 'refused' | 'merged',
): Promise<void> => updateMessage(tenant, passId, key, { state, now: wallet.clock.now() });
