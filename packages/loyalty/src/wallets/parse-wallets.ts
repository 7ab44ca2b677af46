import type { Expiry } from '../expiry.ts';
import { readItems } from '../parse-earning.ts';
import { readExpiry } from '../parse-expiry.ts';
import type { Field } from '../rules-reader.ts';
import { MAX_DAYS } from '../rules-reader.ts';
import type { Milestone, MilestoneReward, StampEarning, StampsWallet, Wallet } from './wallet-rules.ts';

const MAX_WALLETS = 10;
const MAX_SLOTS = 100;
const MAX_MILESTONES = 10;
const MAX_STAMPS_PER_CHECK = 100;
/** Ids stand in entries, states, URLs and names of card variables. */
const WALLET_ID = /^[a-z][a-z0-9-]{0,49}$/;

/** Reads the wallets beside the points; none when absent. */
export function readWallets(root: Field): readonly Wallet[] {
  if (root.isNullOrAbsent('wallets')) return [];
  const fields = root.list('wallets', 0, MAX_WALLETS);
  const wallets = fields.map(readWallet);
  wallets.forEach(({ id }, index) => {
    const field = fields[index]!;
    if (!WALLET_ID.test(id)) field.problem('id', 'unknown_value', 'a-z, 0-9 and -, from a letter on');
    if (wallets.findIndex((other) => other.id === id) !== index) field.problem('id', 'repeated', id);
  });
  return wallets;
}

function readWallet(field: Field): Wallet {
  const kind = field.oneOf('kind', ['stamps', 'deposit'], 'stamps');
  const facts = { id: field.text('id', 50), name: field.text('name', 200) };
  const expiry: Expiry = field.isNullOrAbsent('expiry') ? { kind: 'never' } : readExpiry(field.object('expiry'));
  const wallet: Wallet =
    kind === 'stamps' ? { ...facts, kind, expiry, ...readCard(field) } : { ...facts, kind, expiry };
  field.refuseUnknown();
  return wallet;
}

function readCard(field: Field): Pick<StampsWallet, 'slots' | 'earn' | 'perCheck' | 'perDay' | 'milestones'> {
  const slots = field.integer('slots', 1, MAX_SLOTS, undefined);
  return {
    slots,
    earn: readStampEarning(field.object('earn')),
    perCheck: field.integer('perCheck', 1, MAX_STAMPS_PER_CHECK, MAX_STAMPS_PER_CHECK),
    perDay: field.isNullOrAbsent('perDay') ? null : field.integer('perDay', 1, 1000, undefined),
    milestones: readMilestones(field, slots),
  };
}

function readStampEarning(field: Field): StampEarning {
  const per = field.oneOf('per', ['visit', 'item', 'amount'], 'visit');
  let earning: StampEarning = { per: 'visit', minCheck: 0n };
  if (per === 'visit') {
    earning = { per, minCheck: field.amount('minCheck', 0n, 0n) };
  } else {
    const items = field.isNullOrAbsent('items') ? null : readItems(field.object('items'));
    earning =
      per === 'item'
        ? { per, items, pieces: field.integer('pieces', 1, 1000, 1) }
        : { per, items, amount: field.amount('amount', 1n, undefined) };
  }
  field.refuseUnknown();
  return earning;
}

function readMilestones(field: Field, slots: number): readonly Milestone[] {
  const fields = field.list('milestones', 1, MAX_MILESTONES);
  const milestones = fields.map((one): Milestone => {
    const milestone = {
      at: one.integer('at', 1, slots, undefined),
      name: one.text('name', 200),
      reward: readReward(one.object('reward')),
    };
    one.refuseUnknown();
    return milestone;
  });
  milestones.forEach(({ at }, index) => {
    const before = milestones[index - 1];
    if (before !== undefined && at <= before.at) fields[index]!.problem('at', 'not_ascending', `> ${before.at}`);
  });
  const last = milestones.at(-1);
  // A card that fills up without a reward would be a promise that is not kept.
  if (last !== undefined && last.at !== slots) fields.at(-1)!.problem('at', 'out_of_range', `${slots}`);
  return milestones;
}

function readReward(field: Field): MilestoneReward {
  const kind = field.oneOf('kind', ['coupon', 'points'], 'coupon');
  const reward: MilestoneReward =
    kind === 'coupon'
      ? { kind, couponKindId: field.text('couponKindId', 200) }
      : {
          kind,
          points: field.amount('points', 1n, undefined),
          lifetimeDays: field.isNullOrAbsent('lifetimeDays')
            ? null
            : field.integer('lifetimeDays', 1, MAX_DAYS, undefined),
        };
  field.refuseUnknown();
  return reward;
}
