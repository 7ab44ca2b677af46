import { SaxesParser } from 'saxes';

/** An element with everything told by letters of one case: stations of one make write `Root`, of another `ROOT`. */
export type XmlElement = {
  /** Upper case. */
  readonly name: string;
  /** Names in upper case, values as they are. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
};

const DEPTH_MAX = 40;
const ELEMENTS_MAX = 50_000;

class TooMuch extends Error {}

/** Reads a document whole; null for what is not well-formed, nests too deep or never ends. No entities but XML's own. */
export function parseXml(text: string): XmlElement | null {
  const parser = new SaxesParser();
  const stack: { name: string; attributes: Map<string, string>; children: XmlElement[] }[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (stack.length >= DEPTH_MAX || elements > ELEMENTS_MAX) throw new TooMuch();
    const upper = Object.entries(attributes).map(([key, value]): [string, string] => [key.toUpperCase(), value]);
    stack.push({ name: name.toUpperCase(), attributes: new Map(upper), children: [] });
  });
  parser.on('closetag', () => {
    const element = stack.pop();
    if (!element) return;
    const parent = stack.at(-1);
    if (parent) parent.children.push(element);
    else root = element;
  });
  try {
    parser.write(text).close();
    return root;
  } catch {
    // What is wrong with it helps nobody at a till; the answer says that it could not be read.
    return null;
  }
}

export const childOf = (element: XmlElement | null | undefined, name: string): XmlElement | null =>
  element?.children.find((child) => child.name === name) ?? null;

export const childrenOf = (element: XmlElement | null, name: string): readonly XmlElement[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** Walks down by names: `pathOf(root, 'QRY', 'INPBUF', 'CHECK')`. */
export const pathOf = (element: XmlElement | null, ...names: readonly string[]): XmlElement | null =>
  names.reduce<XmlElement | null>(childOf, element);

export type XmlAttributes = Readonly<Record<string, string | number | bigint | null | undefined>>;

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;' };

/** One element as text; attributes without a value are left out, and what XML cannot carry is dropped. */
export function element(name: string, attributes: XmlAttributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [` ${key}="${escapeText(String(value))}"`],
  );
  const open = `<${name}${written.join('')}`;
  return children.length === 0 ? `${open}/>` : `${open}>${children.join('')}</${name}>`;
}

/** XML carries tab, line feed and carriage return of the control characters, and not the two that Unicode leaves out. */
function escapeText(text: string): string {
  const carried = [...text].filter((sign) => sign >= ' ' || '\t\n\r'.includes(sign)).join('');
  return carried.replace(/[\ufffe\uffff]/g, '').replace(/[&<>"\n]/g, (sign) => ESCAPES[sign]!);
}

export const document = (root: string): string => `<?xml version="1.0" encoding="UTF-8"?>${root}`;
