import { readCircumstances } from '../parse-circumstances.ts';
import { readItems } from '../parse-earning.ts';
import type { Field, RulesProblem } from '../rules-reader.ts';
import { readRoot } from '../rules-reader.ts';
import type {
  BundlePart,
  OfferCondition,
  OfferEffect,
  OfferLimits,
  OfferReturns,
  OfferSettings,
  OfferTerms,
  Stacking,
} from './terms.ts';
import { STACKING_CATEGORIES } from './terms.ts';

export type ParsedOfferTerms =
  | { readonly ok: true; readonly terms: OfferTerms }
  | { readonly ok: false; readonly problems: readonly RulesProblem[] };

const MAX_DAYS = 36_500;
const MAX_USES = 100_000_000;
const MAX_PIECES = 1000;
const EFFECTS = ['percent', 'amount', 'fixed_price', 'free_item', 'nth_item', 'bundle', 'points', 'ticket'] as const;

/** Reads the terms of an offer from JSON. Only `effect` is required; everything that is wrong is named. */
export function parseOfferTerms(json: unknown): ParsedOfferTerms {
  const problems: RulesProblem[] = [];
  const root = readRoot(json, problems);
  const effect = readEffect(root.object('effect'));
  const terms: OfferTerms = {
    effect,
    items: root.isNullOrAbsent('items') ? null : readItems(root.object('items')),
    except: root.isNullOrAbsent('except') ? null : readItems(root.object('except')),
    condition: readCondition(root.object('condition')),
    lifetimeDays: root.isNullOrAbsent('lifetimeDays') ? null : root.integer('lifetimeDays', 1, MAX_DAYS, undefined),
    limits: readLimits(root.object('limits')),
    maxDiscount: root.isNullOrAbsent('maxDiscount') ? null : root.amount('maxDiscount', 1n, undefined),
    stacking: readStacking(root.object('stacking')),
    returns: readReturns(root.object('returns')),
  };
  if (terms.items === null && (effect.kind === 'fixed_price' || effect.kind === 'nth_item')) {
    root.problem('items', 'missing', 'items or groups');
  }
  root.refuseUnknown();
  return problems.length === 0 ? { ok: true, terms } : { ok: false, problems };
}

/** Like `parseOfferTerms`, for JSON that was checked before; anything wrong is a defect and throws. */
export function offerTermsFromJson(json: unknown): OfferTerms {
  const parsed = parseOfferTerms(json);
  if (parsed.ok) return parsed.terms;
  const list = parsed.problems.map(({ path, code, expected }) => `${path}: ${code} (${expected})`);
  throw new Error(`Stored terms of an offer cannot be read: ${list.join('; ')}`);
}

/** The programme's settings of offers, a part of its rules. */
export function readOfferSettings(field: Field): OfferSettings {
  const settings = { conflicts: field.oneOf('conflicts', ['best_value', 'priority'], 'best_value') };
  field.refuseUnknown();
  return settings;
}

function readEffect(field: Field): OfferEffect {
  const effect = readEffectOf(field, field.oneOf('kind', EFFECTS, 'percent'));
  field.refuseUnknown();
  return effect;
}

function readEffectOf(field: Field, kind: OfferEffect['kind']): OfferEffect {
  switch (kind) {
    case 'percent':
      return { kind, basisPoints: field.integer('basisPoints', 1, 10_000, undefined) };
    case 'amount':
      return { kind, amount: field.amount('amount', 1n, undefined) };
    case 'fixed_price':
      return { kind, price: field.amount('price', 0n, undefined) };
    case 'free_item':
      return { kind, pieces: field.integer('pieces', 1, MAX_PIECES, 1) };
    case 'nth_item':
      return {
        kind,
        every: field.integer('every', 2, MAX_PIECES, undefined),
        basisPoints: field.integer('basisPoints', 1, 10_000, 10_000),
      };
    case 'bundle':
      return { kind, parts: readParts(field), price: field.amount('price', 0n, undefined) };
    case 'points': {
      const lifetimeDays = field.isNullOrAbsent('lifetimeDays') ? null : field.integer('lifetimeDays', 1, MAX_DAYS, 1);
      return { kind, points: field.amount('points', 1n, undefined), lifetimeDays };
    }
    case 'ticket':
      return { kind, entries: field.integer('entries', 1, 1000, 1) };
  }
}

function readParts(field: Field): readonly BundlePart[] {
  return field.list('parts', 1, 20).map((part) => {
    const read = { items: readItems(part.object('items')), pieces: part.integer('pieces', 1, MAX_PIECES, 1) };
    part.refuseUnknown();
    return read;
  });
}

function readCondition(field: Field): OfferCondition {
  const condition: OfferCondition = {
    ...readCircumstances(field),
    minCheck: field.amount('minCheck', 0n, 0n),
    newGuestsOnly: field.flag('newGuestsOnly', false),
  };
  field.refuseUnknown();
  return condition;
}

function readLimits(field: Field): OfferLimits {
  const uses = (name: string) => (field.isNullOrAbsent(name) ? null : field.integer(name, 1, MAX_USES, undefined));
  const limits: OfferLimits = {
    total: uses('total'),
    perMember: uses('perMember'),
    perPeriod: field.isNullOrAbsent('perPeriod') ? null : readPeriod(field.object('perPeriod')),
    perCheck: field.integer('perCheck', 1, 20, 1),
    budget: field.isNullOrAbsent('budget') ? null : field.amount('budget', 1n, undefined),
  };
  field.refuseUnknown();
  return limits;
}

function readPeriod(field: Field): NonNullable<OfferLimits['perPeriod']> {
  const period = {
    uses: field.integer('uses', 1, MAX_USES, 1),
    period: field.oneOf('period', ['day', 'week', 'month'], 'day'),
  };
  field.refuseUnknown();
  return period;
}

function readStacking(field: Field): Stacking {
  const stacking = {
    category: field.oneOf('category', STACKING_CATEGORIES, 'common'),
    order: field.integer('order', -1000, 1000, 0),
    priority: field.integer('priority', -1000, 1000, 0),
    withPoints: field.flag('withPoints', true),
  };
  field.refuseUnknown();
  return stacking;
}

function readReturns(field: Field): OfferReturns {
  const reissue = field.flag('reissue', true);
  const days = field.integer('reissueDays', 1, MAX_DAYS, 7);
  const returns = { reissueDays: reissue ? days : null, recheck: field.flag('recheck', false) };
  field.refuseUnknown();
  return returns;
}
