import type { GoogleFailure } from '../../../adapters/google-wallet/index.ts';
import type { Tenant } from '../../../platform/database/index.ts';
import { selectDesign } from '../store/designs.ts';
import { writeOutbox } from '../store/outbox.ts';
import type { Wallet } from '../wallet.ts';
import { openAccess } from './account.ts';
import { selectStaleDesigns, updateHealth } from './credentials.store.ts';
import { sendWaitingMessages } from './deliver-messages.ts';
import { HALTED_PAUSE_MILLISECONDS, pauseAfter } from './model.ts';
import { selectDue } from './objects.store.ts';
import { pushClass } from './push-class.ts';
import { type PushOutcome, type PushRound, pushObject } from './push-object.ts';

const BATCH = 16;
/** Answers take a tenth of a second; four under way keep up fifteen requests a second. */
const AT_ONCE = 4;
/** After this the work goes to the end of the line: other companies and other jobs have their turn. */
const SLICE_MILLISECONDS = 2_000;
const PATIENCE_MILLISECONDS = 1_000;

/**
 * Brings to Google what of a company's cards it has not heard of yet, for a slice of time. What is left stays in the
 * database and word is left for the next slice: at once, or after a pause when Google is away or refuses us. `resume`
 * looks whether the pause has helped.
 */
export async function pushDue(wallet: Wallet, tenant: Tenant, { resume = false } = {}): Promise<void> {
  const access = await openAccess(wallet, tenant);
  if (!access) return;
  const { pausedUntil } = access.credential;
  // The job that ends the pause stands there already, and what came meanwhile waits in the database.
  if (!resume && pausedUntil && Temporal.Instant.compare(wallet.clock.now(), pausedUntil) < 0) return;
  const start = performance.now();
  const round: PushRound = { access, classes: new Map(), patienceMilliseconds: PATIENCE_MILLISECONDS };
  const stale = await pushStaleDesigns(wallet, tenant, round);
  if (stale) return settleTrouble(wallet, tenant, access.credential.failures, stale);
  for (;;) {
    const due = await selectDue(tenant, BATCH);
    if (due.length === 0) break;
    const lanes = Array.from({ length: AT_ONCE }, async (_, lane): Promise<GoogleFailure | null> => {
      for (let at = lane; at < due.length; at += AT_ONCE) {
        const pushed = await pushOne(wallet, tenant, round, due[at]!);
        if (pushed.status !== 'done') return pushed;
      }
      return null;
    });
    const trouble = (await Promise.all(lanes)).find((one) => one !== null);
    if (trouble) return settleTrouble(wallet, tenant, access.credential.failures, trouble);
    if (performance.now() - start > SLICE_MILLISECONDS) {
      await leaveWord(wallet, tenant, 0);
      break;
    }
  }
  await updateHealth(tenant, { halted: null, failures: 0, pausedUntil: null });
}

/** Designs that have changed since Google saw them, whether a card waits for them or not. */
async function pushStaleDesigns(wallet: Wallet, tenant: Tenant, round: PushRound): Promise<GoogleFailure | null> {
  for (const designId of await selectStaleDesigns(tenant)) {
    const design = await selectDesign(tenant, tenant.companyId, designId);
    if (!design) continue;
    const pushing = pushClass(wallet, tenant, round.access, design, round);
    round.classes.set(designId, pushing);
    const pushed = await pushing;
    if (pushed.status === 'retry' || pushed.status === 'halted') return pushed;
  }
  return null;
}

/** The card first, since a message belongs to a card; then what is to be said of it. */
async function pushOne(
  wallet: Wallet,
  tenant: Tenant,
  round: PushRound,
  object: Parameters<typeof pushObject>[3],
): Promise<PushOutcome> {
  const said = object.pushedHash === null ? null : await sendWaitingMessages(wallet, tenant, round, object);
  if (said && said.status !== 'done') return said;
  const pushed = await pushObject(wallet, tenant, round, object);
  wallet.metrics.googleCalls.inc({ result: pushed.status });
  return pushed;
}

async function settleTrouble(wallet: Wallet, tenant: Tenant, before: number, trouble: GoogleFailure): Promise<void> {
  const { companyId } = tenant;
  const { reason } = trouble;
  if (reason === 'OwnRate') return leaveWord(wallet, tenant, 0);
  const halted = trouble.status === 'halted' ? trouble.reason : null;
  const failures = before + 1;
  const asked = trouble.status === 'retry' ? trouble.afterMilliseconds : null;
  const pause = halted ? HALTED_PAUSE_MILLISECONDS : (asked ?? pauseAfter(failures, wallet.random(1)[0]! / 256));
  const pausedUntil = wallet.clock.now().add({ milliseconds: pause });
  await updateHealth(tenant, { halted, failures, pausedUntil });
  if (halted) wallet.log.error({ companyId, reason }, 'Google Wallet takes nothing of ours');
  else wallet.log.warn({ companyId, reason, failures, pause }, 'Google Wallet is asked again later');
  return leaveWord(wallet, tenant, pause);
}

/** The next slice; those who find something to do meanwhile join it. */
async function leaveWord(wallet: Wallet, tenant: Tenant, delayMilliseconds: number): Promise<void> {
  const now = wallet.clock.now();
  await tenant.transaction((transaction) => writeOutbox(transaction, 'google_wanted', { delayMilliseconds }, now));
  wallet.wake();
}
