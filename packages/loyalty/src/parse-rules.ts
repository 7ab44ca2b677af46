import { MAX_AMOUNT } from './amounts.ts';
import { readBirthday } from './birthday/parse-birthday.ts';
import { readClearing } from './coalition/parse-clearing.ts';
import { readDiscount } from './coalition/parse-discount.ts';
import { LEVEL_UPGRADES, readLadder, upgradesOf } from './levels/settings.ts';
import { LOT_ORDERS } from './lots.ts';
import { readOfferSettings } from './offers/parse-terms.ts';
import { readEarning } from './parse-earning.ts';
import type { Level, ReturnPolicy, Rules, ShortagePolicy, SpendLimits, Welcome } from './rules.ts';
import type { Field, RulesProblem } from './rules-reader.ts';
import { MAX_DAYS, readRoot } from './rules-reader.ts';
import { readActivationDelay, readTerm } from './terms/parse-terms.ts';
import { readWallets } from './wallets/parse-wallets.ts';

const MAX_ID = 2 ** 31 - 1;

export type ParsedRules =
  | { readonly ok: true; readonly rules: Rules }
  | { readonly ok: false; readonly problems: readonly RulesProblem[] };

/**
 * Reads one version of the rules from JSON. Amounts are integers (or strings of digits) in minor units. Only `id`,
 * `timeZone` and `levels` are required; the rest has the defaults of a plain cash-back programme: points live 12
 * months, are usable at once, may pay a whole check, and a shortage at a return becomes a debt.
 */
export function parseRules(json: unknown): ParsedRules {
  const problems: RulesProblem[] = [];
  const root = readRoot(json, problems);
  const moneyScale = root.integer('moneyScale', 0, 6, 2);
  const levels = readLevels(root);
  const rules: Rules = {
    id: root.text('id', 200),
    timeZone: root.timeZone('timeZone'),
    dayStartsAt: root.timeOfDay('dayStartsAt', '00:00'),
    moneyScale,
    scale: root.integer('scale', 0, moneyScale, moneyScale),
    levels,
    ladder: readLadder(root.object('ladder')),
    levelUpgrade: root.oneOf('levelUpgrade', LEVEL_UPGRADES, 'next_check'),
    discount: readDiscount(root, levels),
    clearing: readClearing(root),
    rounding: root.oneOf('rounding', ['floor', 'half_up', 'half_even', 'ceil'], 'floor'),
    earning: readEarning(root.object('earning'), levels),
    expiry: readTerm(root.object('expiry')),
    activationDelay: readActivationDelay(root.object('activationDelay')),
    lotOrder: root.oneOf('lotOrder', LOT_ORDERS, 'soonest_expiry'),
    spendLimits: readSpendLimits(root.object('spendLimits')),
    returnPolicy: readReturnPolicy(root.object('returnPolicy')),
    offers: readOfferSettings(root.object('offers')),
    welcome: readWelcome(root),
    birthday: readBirthday(root),
    wallets: readWallets(root),
  };
  if (rules.earning.carryRemainder && rules.rounding !== 'floor') {
    root.problem('rounding', 'unknown_value', 'floor beside earning.carryRemainder');
  }
  const upgrades = upgradesOf(rules.ladder.measure);
  if (!upgrades.includes(rules.levelUpgrade)) root.problem('levelUpgrade', 'unknown_value', upgrades.join(' | '));
  root.refuseUnknown();
  return problems.length === 0 ? { ok: true, rules } : { ok: false, problems };
}

/** Like `parseRules`, for JSON that this package wrote itself; anything wrong is a defect and throws. */
export function rulesFromJson(json: unknown): Rules {
  const parsed = parseRules(json);
  if (parsed.ok) return parsed.rules;
  const list = parsed.problems.map(({ path, code, expected }) => `${path}: ${code} (${expected})`);
  throw new Error(`Stored rules cannot be read: ${list.join('; ')}`);
}

function readLevels(root: Field): readonly Level[] {
  const fields = root.list('levels', 1, 50);
  const levels = fields.map((field) => {
    const level = {
      id: field.text('id', 200),
      name: field.text('name', 200),
      fromTurnover: field.amount('fromTurnover', 0n, 0n),
      rateBasisPoints: field.integer('rateBasisPoints', 0, 10_000, undefined),
      ...(field.isNullOrAbsent('designId') ? {} : { designId: field.integer('designId', 1, MAX_ID, undefined) }),
    };
    field.refuseUnknown();
    return level;
  });
  levels.forEach((level, index) => {
    const before = levels[index - 1];
    const field = fields[index]!;
    if (before === undefined && level.fromTurnover !== 0n) field.problem('fromTurnover', 'out_of_range', '0');
    if (before !== undefined && level.fromTurnover <= before.fromTurnover) {
      field.problem('fromTurnover', 'not_ascending', `> ${before.fromTurnover}`);
    }
    if (levels.findIndex((other) => other.id === level.id) !== index) field.problem('id', 'repeated', level.id);
    const dressed = level.designId !== undefined || levels.every((other) => other.designId === undefined);
    if (!dressed) field.problem('designId', 'missing', 'a design for every level, or for none');
  });
  return levels;
}

function readSpendLimits(field: Field): SpendLimits {
  const limits = {
    maxPercentBasisPoints: field.integer('maxPercentBasisPoints', 0, 10_000, 10_000),
    minMoney: field.amount('minMoney', 0n, 0n),
    maxPerCheck: field.isNullOrAbsent('maxPerCheck') ? null : field.amount('maxPerCheck', 0n, MAX_AMOUNT),
    maxPerDay: field.isNullOrAbsent('maxPerDay') ? null : field.amount('maxPerDay', 0n, undefined),
    spendsPerDay: field.isNullOrAbsent('spendsPerDay') ? null : field.integer('spendsPerDay', 1, 1000, undefined),
    step: field.amount('step', 1n, 1n),
    minRedeem: field.amount('minRedeem', 0n, 0n),
  };
  field.refuseUnknown();
  return limits;
}

function readReturnPolicy(field: Field): ReturnPolicy {
  const expired = field.object('expiredLot');
  const kind = expired.oneOf('kind', ['grace', 'renew', 'burn'], 'grace');
  const expiredLot = kind === 'grace' ? { kind, days: expired.integer('days', 1, MAX_DAYS, 30) } : { kind };
  expired.refuseUnknown();
  const policy = {
    shortage: readShortage(field.object('shortage')),
    expiredLot,
    burned: field.oneOf('burned', ['covers', 'recover_anyway'], 'covers'),
  };
  field.refuseUnknown();
  return policy;
}

function readShortage(field: Field): ShortagePolicy {
  const kind = field.oneOf('kind', ['debt', 'only_pending', 'within_balance', 'deduct_from_refund'], 'debt');
  let policy: ShortagePolicy = { kind: 'only_pending' };
  if (kind === 'deduct_from_refund') policy = { kind };
  if (kind === 'debt') {
    policy = { kind, ceiling: field.isNullOrAbsent('ceiling') ? null : field.amount('ceiling', 0n, 0n) };
  }
  if (kind === 'within_balance') policy = { kind, rememberDays: field.integer('rememberDays', 0, MAX_DAYS, 90) };
  field.refuseUnknown();
  return policy;
}

function readWelcome(root: Field): Welcome | null {
  if (root.isNullOrAbsent('welcome')) return null;
  const field = root.object('welcome');
  const welcome = {
    amount: field.amount('amount', 1n, undefined),
    lifetimeDays: field.isNullOrAbsent('lifetimeDays') ? null : field.integer('lifetimeDays', 1, MAX_DAYS, undefined),
  };
  field.refuseUnknown();
  return welcome;
}
