import { Type } from 'typebox';
import { FormSourceTag } from './forms.ts';
import { passFilters } from './passes.ts';
import { NumberCursor, Strict } from './shapes.ts';

const Language = Type.Union([Type.Literal('ru'), Type.Literal('en')]);

/** GET /api/v1/forms/:formId/poster.pdf: a sheet of A4 with the code that leads to the form, from a source if one is named. */
export const PosterParams = Strict({ formId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{1,63}$' }) });
export const PosterQuery = Strict({ source: Type.Optional(FormSourceTag), lang: Type.Optional(Language) });

/**
 * GET /api/v1/passes/print-sheet: cards for printing and cutting, ten (85.6 × 54 mm) on a page of A4, 200 a file unless
 * told otherwise: those that a filter fits, the newest first, or those named by their guids. Cards that have ended or
 * whose code changes are left out; `nothing_to_print` where no other is left.
 */
export const PrintSheetQuery = Strict({
  ...passFilters,
  /** Up to 100 guids with commas between them; then no filter counts. */
  guids: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F-]{36}(,[0-9a-fA-F-]{36}){0,99}$' })),
  /** The header `x-next` of the sheet before. */
  after: Type.Optional(NumberCursor),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  /** `1`: behind each page of fronts one of backs, for printers that print on both sides. */
  backs: Type.Optional(Type.Union([Type.Literal('0'), Type.Literal('1')])),
  lang: Type.Optional(Language),
});
