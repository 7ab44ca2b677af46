import { type DesignBody, ownOr, type PassRecord } from './model.ts';
import { identityVariables, referencedField, variablesIn } from './variables.ts';

/** Variables that stay what they were when a card is printed: the guest, the card's own number, the link to friends. */
const lasting: ReadonlySet<string> = new Set([
  ...identityVariables,
  ...['FirstName', 'LastName', 'MiddleName', 'BirthDate', 'Phone', 'email', 'CustomField', 'ExpirationDate'],
  ...['ReferralCode', 'ReferralLink'],
]);

const REFERENCES_MAX = 4;

/** Whether a template says the same tomorrow: a balance on paper would be wrong after the next sale. */
export function isLasting(design: Pick<DesignBody, 'fields' | 'logoText'>, template: string, depth = 0): boolean {
  if (depth > REFERENCES_MAX) return false;
  return variablesIn(template).every((name) => {
    if (lasting.has(name)) return true;
    if (name === 'logo') return isLasting(design, design.logoText, depth + 1);
    const place = referencedField(name);
    const field = place && design.fields[place[0]][place[1]];
    return field !== undefined && isLasting(design, field.value, depth + 1);
  });
}

/** Keys of the fields of a card that a print of it may show. */
export const lastingKeys = (
  design: Pick<DesignBody, 'fields' | 'logoText'>,
  { ownValues }: Pick<PassRecord, 'ownValues'>,
): string[] =>
  Object.values(design.fields)
    .flat()
    .filter(({ key, value }) => isLasting(design, ownOr(ownValues[key], value)))
    .map(({ key }) => key);
