import { describe, expect, test } from 'vitest';
import { testDesign } from '../../../test/wallet-design.ts';
import { sampleSubject } from './sample-subject.ts';
import { fillTemplate, takeVariables } from './variables.ts';

const tell = (name: string) => `<${name}>`;

describe('a template', () => {
  test('takes the longest name: CustomField2# is not CustomField with a stray 2#', () => {
    expect(fillTemplate('CustomField2# CustomField# LoyaltyValue2# LoyaltyValue#', tell)).toBe(
      '<CustomField2> <CustomField> <LoyaltyValue2> <LoyaltyValue>',
    );
  });

  test('knows all 34 variables of the designs people bring along', () => {
    const names = (
      'Serial Token GUID FirstName LastName BirthDate Notes Phone email ExpirationDate CustomField CustomField2 ' +
      'CustomField3 CustomField4 CustomField5 CustomField6 CustomField7 LoyaltyValue LoyaltyValue2 logo Header1 Header2 ' +
      'Header3 Primary1 Primary2 Second1 Second2 Second3 Second4 Auxiliary1 Auxiliary2 Auxiliary3 Auxiliary4 Auxiliary5'
    ).split(' ');
    expect(names).toHaveLength(34);
    for (const name of names) expect(fillTemplate(`${name}#`, tell)).toBe(`<${name}>`);
  });

  test('leaves alone what is no variable', () => {
    expect(fillTemplate('Order #5, Unknown#, Email#', tell)).toBe('Order #5, Unknown#, Email#');
  });
});

describe('the variables of a card', () => {
  test('are only those that the design uses: nothing personal beyond need', () => {
    const design = testDesign({ fields: { back: [{ key: 'name', label: '', value: 'FirstName#' }] } });
    const taken = takeVariables(design, {}, sampleSubject('ru'));
    expect(Object.keys(taken)).toContain('FirstName');
    expect(Object.keys(taken)).not.toContain('Phone');
    expect(JSON.stringify(taken)).not.toContain('Иванова');
  });

  test('say points without kopecks that are not there, money with its sign, phones as people write them', () => {
    const value = 'LoyaltyValue# LoyaltyValue2# Phone# BirthDate#';
    const russian = testDesign({ fields: { back: [{ key: 'all', label: '', value }] } });
    expect(takeVariables(russian, {}, sampleSubject('ru'))).toMatchObject({
      LoyaltyValue: '1\u202f250',
      LoyaltyValue2: '18\u202f400\u202f₽',
      BirthDate: '12 мая 1990',
      Phone: '+7\u00a0999\u00a0000-00-00',
    });
    expect(takeVariables({ ...russian, language: 'en' }, {}, sampleSubject('en'))).toMatchObject({
      LoyaltyValue: '1\u202f250',
      LoyaltyValue2: '€18\u202f400',
      BirthDate: '12 May 1990',
    });
  });

  test('say stamps and a deposit, and nothing where the programme has none', () => {
    const value = 'Stamps# StampsGoal# StampsLeft# StampsReward# Deposit#';
    const design = testDesign({ fields: { back: [{ key: 'all', label: '', value }] } });
    const stamps = { Stamps: '4', StampsGoal: '6', StampsLeft: '2', StampsReward: 'Кофе в подарок' };
    expect(takeVariables(design, {}, sampleSubject('ru'))).toMatchObject({ ...stamps, Deposit: '2\u202f500\u202f₽' });
    const alone = { ...sampleSubject('ru'), stamps: { ...sampleSubject('ru').stamps!, alone: true } };
    const value2 = testDesign({ fields: { back: [{ key: 'all', label: '', value: 'LoyaltyValue# CustomField2#' }] } });
    expect(takeVariables(value2, {}, alone)).toMatchObject({ LoyaltyValue: '4', CustomField2: '4' });
    expect(takeVariables(value2, {}, sampleSubject('ru')).LoyaltyValue).toBe('1\u202f250');
    const without = { ...sampleSubject('ru'), stamps: null, deposit: null };
    const nothing = { Stamps: '', StampsGoal: '', StampsLeft: '', StampsReward: '', Deposit: '' };
    expect(takeVariables(design, {}, without)).toMatchObject(nothing);
    expect(fillTemplate('Stamps# StampsLeft#', tell)).toBe('<Stamps> <StampsLeft>');
  });

  test('J288: say the size of a discount instead of points, and the purchases beside it', () => {
    const value = 'LoyaltyValue# LoyaltyValue2#';
    const design = testDesign({ fields: { back: [{ key: 'all', label: '', value }] } });
    const saver = { ...sampleSubject('ru'), available: 0n, discount: 750n };
    expect(takeVariables(design, {}, saver)).toMatchObject({
      LoyaltyValue: '7,5',
      LoyaltyValue2: '18\u202f400\u202f₽',
    });
    expect(takeVariables(design, {}, { ...saver, discount: 1_000n }).LoyaltyValue).toBe('10');
  });

  test('J161: say the name of the group that the account is in', () => {
    const design = testDesign({ fields: { back: [{ key: 'group', label: '', value: 'Группа: CustomField4#' }] } });
    const friend = { ...sampleSubject('ru'), groupName: 'Друзья «Чайки»' };
    expect(takeVariables(design, {}, friend)).toMatchObject({ CustomField4: 'Друзья «Чайки»' });
    expect(takeVariables(design, {}, { ...friend, groupName: '' })).toMatchObject({ CustomField4: '' });
  });
});
