import type {
  CheckSizeRate,
  EarnCondition,
  EarnEffect,
  Earning,
  EarnRule,
  ItemSet,
  LineKind,
  RuleLimits,
} from './earning-rules.ts';
import { EARN_BASES, LINE_KINDS } from './earning-rules.ts';
import { readCircumstances } from './parse-circumstances.ts';
import type { Level } from './rules.ts';
import type { Field } from './rules-reader.ts';
import { readOwnTerms } from './terms/parse-terms.ts';

const MAX_RULES = 100;
const MAX_NAMES = 1000;

/** Reads the rules of earning; absent members ask for nothing. */
export function readEarning(field: Field, levels: readonly Level[]): Earning {
  const caps = field.object('caps');
  const earning: Earning = {
    base: field.oneOf('base', EARN_BASES, 'money'),
    lineKinds: readLineKinds(field),
    carryRemainder: field.flag('carryRemainder', false),
    minCheck: field.amount('minCheck', 0n, 0n),
    checkSize: field.isNullOrAbsent('checkSize') ? null : readCheckSize(field.object('checkSize')),
    rules: field.isNullOrAbsent('rules') ? [] : readRules(field.list('rules', 0, MAX_RULES), levels),
    multipliers: field.oneOf('multipliers', ['best', 'product', 'sum_of_increments'], 'best'),
    caps: {
      perLine: readCap(caps, 'perLine'),
      perCheck: readCap(caps, 'perCheck'),
      perDay: readCap(caps, 'perDay'),
      perWeek: readCap(caps, 'perWeek'),
      perMonth: readCap(caps, 'perMonth'),
      maxBalance: readCap(caps, 'maxBalance'),
      accrualsPerDay: caps.isNullOrAbsent('accrualsPerDay') ? null : caps.integer('accrualsPerDay', 1, 1000, undefined),
      behaviour: caps.oneOf('behaviour', ['truncate', 'reject'], 'truncate'),
    },
  };
  caps.refuseUnknown();
  field.refuseUnknown();
  return earning;
}

function readCap(caps: Field, name: string): bigint | null {
  return caps.isNullOrAbsent(name) ? null : caps.amount(name, 0n, undefined);
}

function readLineKinds(field: Field): readonly LineKind[] {
  const names = field.texts('lineKinds', LINE_KINDS.length) ?? ['goods'];
  const kinds = LINE_KINDS.filter((kind) => names.includes(kind));
  if (kinds.length < names.length) field.problem('lineKinds', 'unknown_value', LINE_KINDS.join(' | '));
  return kinds;
}

function readCheckSize(field: Field): CheckSizeRate {
  const fields = field.list('steps', 1, 50);
  const steps = fields.map((step) => {
    const read = {
      from: step.amount('from', 0n, 0n),
      rateBasisPoints: step.integer('rateBasisPoints', 0, 10_000, undefined),
    };
    step.refuseUnknown();
    return read;
  });
  steps.forEach(({ from }, index) => {
    const before = steps[index - 1];
    if (before === undefined && from !== 0n) fields[index]!.problem('from', 'out_of_range', '0');
    if (before !== undefined && from <= before.from) {
      fields[index]!.problem('from', 'not_ascending', `> ${before.from}`);
    }
  });
  const mode = field.oneOf('mode', ['whole_check', 'slabs'], 'whole_check');
  field.refuseUnknown();
  return { mode, steps };
}

function readRules(fields: readonly Field[], levels: readonly Level[]): readonly EarnRule[] {
  const rules = fields.map((field): EarnRule => {
    const rule = {
      id: field.text('id', 100),
      name: field.text('name', 200),
      condition: readCondition(field.object('condition'), levels),
      limits: field.isNullOrAbsent('limits') ? null : readLimits(field.object('limits')),
      budgetId: field.isNullOrAbsent('budgetId') ? null : field.text('budgetId', 100),
      items: field.isNullOrAbsent('items') ? null : readItems(field.object('items')),
      effect: readEffect(field.object('effect')),
      terms: field.isNullOrAbsent('terms') ? null : readOwnTerms(field.object('terms')),
    };
    if (rule.effect.kind === 'exclude') {
      if (rule.terms !== null) field.problem('terms', 'unknown_value', 'null beside exclude');
      if (rule.items === null) field.problem('items', 'missing', 'items or groups');
      // An exclusion gives nothing, so there is nothing to count or to pay for.
      if (rule.limits !== null) field.problem('limits', 'unknown_value', 'null beside exclude');
      if (rule.budgetId !== null) field.problem('budgetId', 'unknown_value', 'null beside exclude');
    }
    field.refuseUnknown();
    return rule;
  });
  rules.forEach(({ id }, index) => {
    const repeated = rules.findIndex((other) => other.id === id) !== index;
    if (repeated) fields[index]!.problem('id', 'repeated', id);
  });
  return rules;
}

function readCondition(field: Field, levels: readonly Level[]): EarnCondition {
  const condition: EarnCondition = {
    ...readCircumstances(field),
    firstVisits: field.isNullOrAbsent('firstVisits') ? null : field.integer('firstVisits', 1, 100_000, undefined),
    minCheck: field.amount('minCheck', 0n, 0n),
  };
  for (const id of condition.levels ?? []) {
    const known = levels.some((level) => level.id === id);
    if (!known) field.problem('levels', 'unknown_value', levels.map((level) => level.id).join(' | '));
  }
  field.refuseUnknown();
  return condition;
}

function readLimits(field: Field): RuleLimits {
  const count = (name: string, most: number) =>
    field.isNullOrAbsent(name) ? null : field.integer(name, 1, most, undefined);
  const limits = {
    cooldownHours: count('cooldownHours', 366 * 24),
    perDay: count('perDay', 1000),
    perWeek: count('perWeek', 1000),
    perMonth: count('perMonth', 1000),
    total: count('total', 100_000),
  };
  if (Object.values(limits).every((limit) => limit === null))
    field.problem('', 'missing', Object.keys(limits).join(' | '));
  field.refuseUnknown();
  return limits;
}

/** A set of goods by items or groups; one of the two at least. */
export function readItems(field: Field): ItemSet {
  const set = { items: field.texts('items', MAX_NAMES) ?? [], groups: field.texts('groups', MAX_NAMES) ?? [] };
  if (set.items.length + set.groups.length === 0) field.problem('', 'missing', 'items or groups');
  field.refuseUnknown();
  return set;
}

function readEffect(field: Field): EarnEffect {
  const kind = field.oneOf('kind', ['rate', 'multiply', 'bonus', 'exclude'], 'rate');
  let effect: EarnEffect = { kind: 'exclude' };
  if (kind === 'rate') effect = { kind, rateBasisPoints: field.integer('rateBasisPoints', 0, 10_000, undefined) };
  if (kind === 'multiply') {
    effect = { kind, timesThousandths: field.integer('timesThousandths', 1000, 100_000, undefined) };
  }
  if (kind === 'bonus') {
    effect = {
      kind,
      points: field.amount('points', 1n, undefined),
      per: field.oneOf('per', ['check', 'piece'], 'check'),
      multiplied: field.flag('multiplied', false),
    };
  }
  field.refuseUnknown();
  return effect;
}
