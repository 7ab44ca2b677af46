/** What stands behind `?` in an address, before a page has said what it understands of it. */
export type Search = Record<string, unknown>;

/** What a page understands of it: each name may be missing. */
type Known<Name extends string, Value extends string> = { [name in Name]?: Value | undefined };

/** A word of an address; undefined where there is none. */
export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** A word of an address, when it is one of those that the page knows. */
export const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word | undefined =>
  words.find((word) => word === value);

/** The texts of an address that a page knows, under their names. */
export function textsIn<const Name extends string>(search: Search, names: readonly Name[]): Known<Name, string> {
  const known = names.filter((name) => text(search[name])).map((name) => [name, search[name]]);
  return Object.fromEntries(known) as Known<Name, string>;
}

/** The choice of an address, under its name, when it is one of those that the page offers. */
export function choiceIn<const Name extends string, const Value extends string>(
  search: Search,
  name: Name,
  values: readonly Value[],
): Known<Name, Value> {
  const chosen = oneOf(values, search[name]);
  return (chosen ? { [name]: chosen } : {}) as Known<Name, Value>;
}

/** What is searched for in a list, `?search=`: as many letters as the server reads. */
export function searchedIn(search: Search): { search?: string } {
  const words = text(search.search)?.slice(0, 100);
  return words ? { search: words } : {};
}

/** Plain `?name=value` in the address: people read and send addresses. */
export const parseSearch = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));
