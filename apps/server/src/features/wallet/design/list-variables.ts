import type { DesignVariableList } from '@tessera/contract';
import type { Language } from '@tessera/contract/messages';
import type { Translate } from '../../../platform/texts.ts';
import { SAMPLE_SERIAL, sampleSubject } from '../sample-subject.ts';
import { identityVariables, kindOfVariable, referencedField, tellVariableOf, variableNames } from '../variables.ts';

type Group = DesignVariableList['items'][number]['group'];

const guest: readonly string[] = ['FirstName', 'LastName', 'MiddleName', 'BirthDate', 'Phone', 'email'];
const custom = /^(CustomField\d?|Notes)$/;

function groupOf(name: string): Group {
  if ((identityVariables as readonly string[]).includes(name) || name === 'ExpirationDate') return 'card';
  if (referencedField(name) || name === 'logo') return 'field';
  if (custom.test(name)) return 'custom';
  return guest.includes(name) ? 'guest' : 'loyalty';
}

/** What `Back7` is told by: the sentence of its group with its number. */
function aboutOf(name: string, t: Translate): string {
  const [, stem = name, number] = /^(Header|Primary|Second|Auxiliary|Back)(\d+)$/.exec(name) ?? [];
  return t(`server:design.variable.${stem}`, number ? { number: Number(number) } : {});
}

/** All variables of designs with a sentence each, in the order in which people look for them. */
export function listVariables({ t, language }: { t: Translate; language: Language }): DesignVariableList {
  const subject = sampleSubject(language);
  const order: readonly Group[] = ['guest', 'loyalty', 'card', 'custom', 'field'];
  const items = variableNames
    .map((name) => ({
      name: `${name}#`,
      group: groupOf(name),
      about: aboutOf(name, t),
      sample: name === 'Serial' ? SAMPLE_SERIAL : tellVariableOf(name, subject, language),
      value: kindOfVariable(name),
    }))
    .sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group));
  return { items };
}
