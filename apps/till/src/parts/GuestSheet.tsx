import type { TillGuest } from '@tessera/contract';
import { useRef, useState } from 'react';
import type { TillApi } from '../api/client.ts';
import { needsSignIn, type Problem } from '../api/problem.ts';
import { signal } from '../device/feedback.ts';
import { newOperationKey } from '../device/operation-key.ts';
import { useReading } from '../texts/reading.tsx';
import { Dialog, SheetHead } from './Dialog.tsx';
import { Icon } from './Icon.tsx';
import { Notice } from './Notice.tsx';
import { Rewards, Slots } from './StampCards.tsx';

interface GuestSheetProps {
  readonly guest: TillGuest;
  readonly api: TillApi;
  readonly sound: boolean;
  /** The guest as he stands after a stamp or a visit. */
  readonly onShown: (guest: TillGuest) => void;
  readonly onSignedOut: () => void;
  readonly onClose: () => void;
}

type Done = { readonly words: string; readonly rewards: Parameters<typeof Rewards>[0]['rewards'] };

/** More about the guest, and what needs no sum: a stamp with one tap, a visit without a purchase. */
export function GuestSheet({ guest, api, sound, onShown, onSignedOut, onClose }: GuestSheetProps) {
  const { t, money, points, percent, day, moment } = useReading();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  // One key for one wish, however often it has to be sent; a new one once it is settled.
  const keys = useRef(new Map<string, string>());
  const { problem: say } = useReading();

  const act = async (wish: string, send: (operationKey: string) => Promise<Done | Problem>) => {
    const operationKey = keys.current.get(wish) ?? newOperationKey(crypto);
    keys.current.set(wish, operationKey);
    setBusy(true);
    const answer = await send(operationKey);
    const went = 'words' in answer;
    if (went || answer.kind === 'refused') keys.current.delete(wish);
    if (!went && needsSignIn(answer)) onSignedOut();
    signal(went ? 'success' : answer.kind === 'refused' ? 'failure' : 'doubt', sound);
    setDone(went ? answer : null);
    setProblem(went ? null : answer);
    if (went) {
      const shown = await api.guest(guest.accountId);
      if (shown.ok) onShown(shown.value);
    }
    setBusy(false);
  };
  const { accountId } = guest;
  const stamp = (wallet: string) =>
    act(`stamp ${wallet}`, async (operationKey) => {
      const answer = await api.stamp({ operationKey, accountId, wallet });
      if (!answer.ok) return answer.problem;
      const { name, stamps, slots, rewards } = answer.value;
      const of = t('wallets.ofSlots', { stamps: String(stamps), slots: String(slots) });
      return { words: t('counter.stamped', { name, of }), rewards };
    });
  const visit = () =>
    act('visit', async (operationKey) => {
      const answer = await api.visit({ operationKey, accountId });
      if (!answer.ok) return answer.problem;
      const { levelReached } = answer.value;
      const words = levelReached === null ? t('counter.visited') : t('counter.visitedLevel', { level: levelReached });
      return { words, rewards: [] };
    });
  return (
    <Dialog label={t('counter.about')} onClose={onClose}>
      <SheetHead onClose={onClose}>
        <h2 className="heading">{guest.name === '' ? t('guest.unnamed') : guest.name}</h2>
      </SheetHead>
      {guest.note === '' ? null : (
        <p className="note">
          <Icon name="note" />
          <span>{guest.note}</span>
        </p>
      )}
      <dl className="figures">
        <Fact name={guest.level}>
          {guest.discount?.alone ? '' : t('guest.rate', { percent: percent(guest.rateBasisPoints) })}
        </Fact>
        {guest.expiring === null ? null : (
          <Fact name={t('counter.expiring', { day: day(guest.expiring.expiresAt) })}>
            {points(guest.expiring.amount)}
          </Fact>
        )}
        {guest.discount === null ? null : (
          <Fact name={t('guest.discount')}>{t('guest.percent', { percent: percent(guest.discount.basisPoints) })}</Fact>
        )}
        {guest.debt > 0 ? <Fact name={t('counter.debt')}>{points(guest.debt)}</Fact> : null}
        <Fact name={t('counter.lastVisit')}>
          {guest.lastVisit === null
            ? t('counter.neverBefore')
            : t('counter.last', { moment: moment(guest.lastVisit.occurredAt), amount: money(guest.lastVisit.amount) })}
        </Fact>
      </dl>
      {guest.wallets.map((wallet) =>
        wallet.kind === 'stamps' ? (
          <div className="stamp-row" key={wallet.id}>
            <div>
              <span className="label">{wallet.name}</span>
              <Slots stamps={wallet.stamps} slots={wallet.slots} />
              <strong>{t('wallets.ofSlots', { stamps: String(wallet.stamps), slots: String(wallet.slots) })}</strong>
            </div>
            {guest.stampable.includes(wallet.id) && !guest.blocked ? (
              <button
                type="button"
                className="button button-plain"
                data-stamp
                disabled={busy}
                onClick={() => void stamp(wallet.id)}
              >
                <Icon name="plus" />
                {t('counter.stamp')}
              </button>
            ) : null}
          </div>
        ) : (
          <dl className="figures" key={wallet.id}>
            <Fact name={wallet.name}>{money(wallet.available)}</Fact>
          </dl>
        ),
      )}
      {problem === null ? null : (
        <Notice tone={problem.kind === 'refused' ? 'bad' : 'unsure'}>
          {problem.kind === 'refused' ? say(problem) : t('counter.uncertain')}
        </Notice>
      )}
      {done === null ? null : (
        <div className="went" role="status">
          <strong>{done.words}</strong>
          <Rewards rewards={done.rewards} />
        </div>
      )}
      {guest.blocked ? null : (
        <div className="stack">
          <button
            type="button"
            className="button button-plain button-two"
            data-visit
            disabled={busy}
            onClick={() => void visit()}
          >
            <span>{t('counter.visit')}</span>
            <small>{t('counter.visitHint')}</small>
          </button>
        </div>
      )}
    </Dialog>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
