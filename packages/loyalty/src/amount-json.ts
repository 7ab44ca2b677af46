/** An integer: a number while that is exact, else a string of digits. */
export type AmountJson = number | string;

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

export function amountToJson(amount: bigint): AmountJson {
  return amount <= MAX_SAFE && amount >= -MAX_SAFE ? Number(amount) : amount.toString();
}

export function amountFromJson(json: AmountJson): bigint {
  return BigInt(json);
}
