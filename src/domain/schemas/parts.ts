import { z } from 'zod';

import { languages } from '../language.ts';

/** A number of things. */
export const count = z.int().min(0);

/** SHA-256 in hexadecimal. */
export const hash = z.string().regex(/^[0-9a-f]{64}$/u, 'must be 64 hexadecimal digits');

/** `YYYY-MM-DD`, where it is known. */
export const optionalDate = z.iso.date().exactOptional();

/** What is left out where it is not known, rather than empty. */
export const optionalText = z.string().min(1).exactOptional();

/** An address of the web, where it is known. */
export const optionalUrl = z.url().exactOptional();

export const language = z.enum(languages).describe('BCP 47 code');

/** An id: nothing may be read from its parts. */
export const id = z.string().min(1);

export const instant = z.iso.datetime().describe('ISO 8601 instant in UTC');

/** The members of a span, to be spread into what is one. */
export const spanMembers = {
  start: z.int().min(0).describe('First UTF-16 code unit'),
  end: z.int().min(0).describe('UTF-16 code unit after the last'),
};

export const spanSchema = z
  .object(spanMembers)
  .meta({ id: 'Span', description: 'A range of UTF-16 code units: `start` inclusive, `end` exclusive' });
