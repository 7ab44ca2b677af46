import type { Field } from '../rules-reader.ts';
import type { AgreedValue, Clearing } from './settings.ts';

const MAX_VALUES = 5000;
/** Points may be agreed dearer than their face, not without bound. */
const MAX_VALUE = 100_000;

/**
 * Reads `clearing`: `{"settle": "redemption" | "issue", "defaultBasisPoints": 9000, "values": [{"issuer", "redeemer"?,
 * "basisPoints"}], "giftsBy"?}`. Partners are named by the caller's ids. Absent: points are not settled.
 */
export function readClearing(root: Field): Clearing | null {
  if (root.isNullOrAbsent('clearing')) return null;
  const field = root.object('clearing');
  const settle = field.oneOf('settle', ['redemption', 'issue'], 'redemption');
  const fields = field.isNullOrAbsent('values') ? [] : field.list('values', 0, MAX_VALUES);
  const values = fields.map((value) => readValue(value, settle));
  values.forEach(({ issuer, redeemer }, index) => {
    const first = values.findIndex((other) => other.issuer === issuer && other.redeemer === redeemer);
    if (first !== index) fields[index]!.problem('issuer', 'repeated', redeemer ? `${issuer} → ${redeemer}` : issuer);
  });
  const clearing = {
    settle,
    defaultBasisPoints: field.integer('defaultBasisPoints', 0, MAX_VALUE, 10_000),
    values,
    giftsBy: field.isNullOrAbsent('giftsBy') ? null : field.text('giftsBy', 200),
  };
  field.refuseUnknown();
  return clearing;
}

/** What is paid when points are given cannot depend on who will take them. */
function readValue(field: Field, settle: Clearing['settle']): AgreedValue {
  const value = {
    issuer: field.text('issuer', 200),
    redeemer: field.isNullOrAbsent('redeemer') ? null : field.text('redeemer', 200),
    basisPoints: field.integer('basisPoints', 0, MAX_VALUE, undefined),
  };
  if (settle === 'issue' && value.redeemer !== null) {
    field.problem('redeemer', 'unknown_value', 'none where points are settled when they are issued');
  }
  field.refuseUnknown();
  return value;
}
