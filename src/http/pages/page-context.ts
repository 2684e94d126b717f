import type { Request } from 'express';

import { type Language, languages } from '../../domain/language.ts';

type Parameter = string | number | undefined;

/** What every page knows of the request: the language of its words, and how to link to other pages. */
export interface PageContext {
  readonly language: Language;
  /** A relative link, which works below any prefix that a proxy adds; `path` has no leading slash. */
  readonly link: (path: string, parameters?: Readonly<Record<string, Parameter>>) => string;
  /** This page in the other language. */
  readonly switchLanguage: string;
}

/** The language is that of `?lang=`, else of `Accept-Language`, else English. */
export function pageContext(request: Request): PageContext {
  const asked = supported(request.query['lang']);
  const language = asked ?? supported(request.acceptsLanguages([...languages])) ?? 'en';
  const root = rootFrom(request.path);
  const query = new URLSearchParams(request.originalUrl.split('?').slice(1).join('?'));
  query.set('lang', language === 'en' ? 'vi' : 'en');
  return {
    language,
    switchLanguage: `?${query.toString()}`,
    link: (path, parameters = {}) => {
      const search = new URLSearchParams();
      const all: Readonly<Record<string, Parameter>> = { ...parameters, lang: asked };
      for (const [name, value] of Object.entries(all)) {
        if (value !== undefined && value !== '') search.set(name, String(value));
      }
      return `${root}${path}${search.size > 0 ? `?${search.toString()}` : ''}`;
    },
  };
}

/** The way from the page at `path` back to the root: a step up for each folder. */
function rootFrom(path: string): string {
  const depth = path.split('/').length - 2;
  return depth > 0 ? '../'.repeat(depth) : './';
}

function supported(code: unknown): Language | undefined {
  return languages.find((language) => language === code);
}
