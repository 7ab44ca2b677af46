import { describe, expect, test } from 'vitest';
import { createVault } from '../../platform/crypto/index.ts';
import { accountOfNumber, cardNumberOf } from '../cards/index.ts';
import { type CardTransaction, readCard, readPackage } from './model.ts';
import { readFind, readLookup, readTransactions, thousandthsOf } from './read-request.ts';
import { isAddress, isAllowed } from './settings.ts';
import { element, parseXml } from './xml.ts';

const transaction = (kind: number, sum: bigint, change: Partial<CardTransaction> = {}): CardTransaction => ({
  card: '8002',
  kind,
  sum,
  restaurant: '1',
  unit: '2',
  date: '46348',
  check: '17',
  ...change,
});

describe('a package of transactions', () => {
  test('with the signs of a sale is a sale: payment and discount are negative, money and bonus positive', () => {
    const read = readPackage([transaction(0, -5_000n), transaction(1, -700n), transaction(3, 20_000n)], null);
    expect(read).toEqual({
      ok: true,
      operation: {
        kind: 'sale',
        card: '8002',
        key: '1:2:46348:17:8002',
        spend: 5_000n,
        discount: 700n,
        money: 20_000n,
        accrual: undefined,
      },
    });
  });

  test('with all signs turned is its cancellation, under the same key', () => {
    const sale = readPackage([transaction(0, -5_000n), transaction(3, 20_000n)], null);
    const cancel = readPackage([transaction(0, 5_000n), transaction(3, -20_000n)], null);
    expect(cancel).toMatchObject({ ok: true, operation: { kind: 'cancel', spend: 5_000n, money: 20_000n } });
    expect(cancel.ok && sale.ok && cancel.operation.key === sale.operation.key).toBe(true);
  });

  test('points that the station has credited itself take the place of our rules', () => {
    const read = readPackage([transaction(2, 300n), transaction(3, 10_000n)], null);
    expect(read).toMatchObject({ ok: true, operation: { accrual: 300n } });
  });

  test.each([
    ['nothing', [], 'package_empty'],
    ['only zeros', [transaction(0, 0n)], 'package_empty'],
    ['an unknown kind', [transaction(7, 100n)], 'package_kind'],
    ['sale and cancellation', [transaction(0, -100n), transaction(3, -100n)], 'package_signs'],
    ['two cards', [transaction(0, -100n), transaction(3, 100n, { card: '8003' })], 'package_cards'],
    ['no number of the check', [transaction(3, 100n, { check: '' })], 'package_key'],
  ] as const)('with %s is refused whole', (_what, transactions, problem) => {
    expect(readPackage(transactions, null)).toEqual({ ok: false, problem });
  });

  test('is known by restaurant and check GUID, in letters of any case', () => {
    const check = {
      restaurant: '99',
      station: '1',
      checkGuid: 'ABC-1',
      orderGuid: 'o',
      number: '5',
      closedAt: '',
      lines: [],
    };
    const read = readPackage([transaction(3, 100n)], check);
    expect(read.ok && read.operation.key).toBe('99:abc-1:8002');
  });
});

describe('what a station sends', () => {
  const check = `<CHECK stationcode="3" restaurantcode="7"><CHECKDATA checknum="12" checkguid="{AA-BB}">
    <CHECKLINES count="2"><LINE uni="1" code="501" name="Борщ &amp; пампушки" price="45000" quantity="1" sum="45000" categ_id="9"/>
    <LINE uni="2" code="77" name="Хлеб" price="3000" quantity="1500" sum="4500"/></CHECKLINES></CHECKDATA></CHECK>`;

  test('as a lookup is read with the draft of its order, whatever the case of names', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?><ROOT><QRY Card="8002" Restaurant="7" UnitNo="3"><INPBUF InpKind="1">${check}</INPBUF></QRY></ROOT>`;
    const query = readLookup(text);
    expect(query).toMatchObject({ card: '8002', restaurant: '7', check: { checkGuid: 'AA-BB', number: '12' } });
    expect(query?.check?.lines).toEqual([
      { id: '1', itemId: '501', name: 'Борщ & пампушки', amount: 45_000n, quantityThousandths: 1_000, groups: ['9'] },
      { id: '2', itemId: '77', name: 'Хлеб', amount: 4_500n, quantityThousandths: 1_500, groups: [] },
    ]);
    expect(readLookup(text.toLowerCase())?.card).toBe('8002');
  });

  test('as transactions is read with the check beside them', () => {
    const text = `<Root><Transactions><TransactionsEx Card="8002" Kind="0" Summa="-5000" Restaurant="7"/>
      <TransactionsEx Card="8002" Kind="3" Summa="20000" Restaurant="7"/><INPBUF>${check}</INPBUF></Transactions></Root>`;
    const read = readTransactions(text);
    expect(read?.transactions.map(({ kind, sum }) => [kind, sum])).toEqual([
      [0, -5_000n],
      [3, 20_000n],
    ]);
    expect(read?.check?.checkGuid).toBe('AA-BB');
  });

  test.each(['', 'not xml', '<ROOT>', '<ROOT><QRY/></ROOT>', `<ROOT>${'<A>'.repeat(100)}`])(
    'that is no request (%#) is told from one that is empty',
    (text) => {
      expect([readLookup(text), readTransactions(text)]).toEqual([null, null]);
    },
  );

  test('with an amount that is no whole number of kopecks is not guessed at', () => {
    expect(
      readTransactions('<R><Transactions><TransactionsEx Card="1" Kind="0" Summa="12.5"/></Transactions></R>'),
    ).toBeNull();
  });

  test('never opens a file or grows by entities', () => {
    const bomb =
      '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c SYSTEM "file:///etc/passwd">]><ROOT><QRY Email="&b;&c;"/></ROOT>';
    expect(readFind(bomb)).toBeNull();
  });

  test('in its search field is told as it was typed', () => {
    expect(readFind('<ROOT><QRY Email=" +7 900 123-45-67 "/></ROOT>')).toBe('+7 900 123-45-67');
  });

  test.each([
    ['1', '45000', 45_000n, 1_000],
    ['1.5', '3000', 4_500n, 1_500],
    ['1,5', '3000', 4_500n, 1_500],
    ['1500', '3000', 4_500n, 1_500],
    ['2000', '', 100n, 2_000],
    ['3', '', 100n, 3_000],
    ['rubbish', '100', 100n, 1_000],
    ['0', '100', 100n, 1_000],
  ])('as quantity %s at %s for %s is %s thousandths', (quantity, price, amount, thousandths) => {
    expect(thousandthsOf(quantity, price, amount)).toBe(thousandths);
  });
});

test('what is written is well-formed and reads back as it was, whatever stands in it', () => {
  const text = 'Кафе «Ня» & "Ко" <5>\nвторая\u0001 строка';
  const root = parseXml(element('Root', {}, [element('Card', { Holder: text, Sum: 5n, Missing: undefined })]));
  expect(root?.children[0]?.attributes.get('HOLDER')).toBe('Кафе «Ня» & "Ко" <5>\nвторая строка');
  expect([...(root?.children[0]?.attributes.keys() ?? [])]).toEqual(['HOLDER', 'SUM']);
});

test.each([
  ['8002', '8002'],
  [' 8002 ', '8002'],
  ['0', null],
  ['-5', null],
  ['12a', null],
  ['1234567890123456789', null],
])('the card %j is %j', (text, card) => {
  expect(readCard(text)).toBe(card);
});

describe('the number of an account without plastic', () => {
  const vault = createVault(Buffer.alloc(32, 7));

  test('fits a signed 64-bit number and leads back to the account', () => {
    const card = cardNumberOf(vault, 1, 42);
    expect(card).toMatch(/^1\d{17}$/);
    expect(BigInt(card)).toBeLessThan(2n ** 63n);
    expect(accountOfNumber(vault, 1, card)).toBe(42);
  });

  test('tells nothing about the number of another account, nor in another company', () => {
    const card = BigInt(cardNumberOf(vault, 1, 42));
    expect(accountOfNumber(vault, 1, String(card + 1n))).toBeNull();
    expect(accountOfNumber(vault, 1, String(card + 1_000_000n))).toBeNull();
    expect(accountOfNumber(vault, 2, String(card))).toBeNull();
  });
});

describe('the list of addresses that may call', () => {
  test.each([
    [[], '203.0.113.9', true],
    [['10.1.0.0/16'], '10.1.200.3', true],
    [['10.1.0.0/16'], '::ffff:10.1.200.3', true],
    [['10.1.0.0/16'], '10.2.0.1', false],
    [['203.0.113.9'], '203.0.113.9', true],
    [['2001:db8::/32'], '2001:db8::5', true],
    [['2001:db8::/32'], '10.0.0.1', false],
  ])('%j lets %s in: %s', (addresses, caller, allowed) => {
    expect(isAllowed(addresses, caller)).toBe(allowed);
  });

  test.each(['10.1.0.0/33', '10.1/16', 'till.example', '', '10.0.0.1/8/8'])('%j is no address', (text) => {
    expect(isAddress(text)).toBe(false);
  });
});
