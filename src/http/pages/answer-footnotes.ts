import type { Answer, NearestArticle } from '../../domain/answer.ts';
import type { AlsoIn, Citation } from '../../domain/citation.ts';
import type { Language } from '../../domain/language.ts';
import { referenceId } from './answer-reply.ts';
import { answerStrings } from './answer-strings.ts';
import { html, type Html } from './html.ts';
import type { PageContext } from './page-context.ts';
import { safeUrl } from './safe-url.ts';
import { showDate } from './show-date.ts';

type Quotation = Citation | NearestArticle;

/** The footnotes of an answer: each quotation with its source and the ways to check it. */
export function renderFootnotes(context: PageContext, answer: Answer): Html {
  const { language } = context;
  const say = answerStrings[language];
  const languageOf = new Map(answer.evidence.map((item) => [item.passageId, item.language]));
  const items = answer.citations.map((citation) => {
    const { n, alsoIn, translation, support } = citation;
    const back = answer.sentences.flatMap((sentence, index) =>
      sentence.citations.includes(n)
        ? [html`<a class="back" href="#${referenceId(index, n)}" aria-label="${say.back(index + 1)}">↩</a>`]
        : [],
    );
    const remarks = [
      ...(support.verdict === 'supported'
        ? []
        : [html`<span class="verdict ${support.verdict}">${say.verdicts[support.verdict]}</span>`]),
      ...(support.judgedBy ? [html`<span class="judged">${say.judged}</span>`] : []),
    ];
    return html`<li id="footnote-${n}" value="${n}" tabindex="-1">
      ${quotation(citation, languageOf.get(citation.passageId))}
      ${
        translation
          ? html`<p class="translation">
              <span lang="${translation.language}">${translation.text}</span>
              <small>${say.translation(translation.model)}</small>
            </p>`
          : ''
      }
      ${source(context, citation)} ${alsoIn && alsoIn.length > 0 ? copies(context, alsoIn) : ''}
      <p class="ways">${ways(context, answer, citation)} ${remarks} ${back}</p>
    </li>`;
  });
  return html`<ol class="footnotes">
    ${items}
  </ol>`;
}

/** What the articles say that comes near to what they do not answer. */
export function renderNearest(context: PageContext, answer: Answer): Html {
  const items = answer.nearest.map(
    (nearest) =>
      html`<li>
        ${quotation(nearest, nearest.language)} ${source(context, nearest)}
        <p class="ways">${ways(context, answer, nearest)}</p>
      </li>`,
  );
  return html`<ul class="footnotes" role="list">
    ${items}
  </ul>`;
}

function quotation({ quote }: Quotation, language: Language | undefined): Html {
  return language === undefined
    ? html`<blockquote>${quote}</blockquote>`
    : html`<blockquote lang="${language}">${quote}</blockquote>`;
}

function source({ language }: PageContext, quoted: Quotation): Html {
  const { title, publisher, publishedAt, sourceUrl } = quoted;
  const address = safeUrl(sourceUrl);
  return html`<p class="source">
    <cite><bdi>${title}</bdi></cite
    >${
      publisher === undefined ? '' : html` <span class="fact"><bdi>${publisher}</bdi></span>`
    }${publishedAt === undefined ? '' : html` <span class="fact">${showDate(publishedAt, language)}</span>`}${
      address === undefined ? '' : html` <span class="print-only">${address}</span>`
    }
  </p>`;
}

/** To the passage in the stored article, and to the page that it comes from. */
function ways({ language, link }: PageContext, answer: Answer, quoted: Quotation): Html {
  const say = answerStrings[language];
  const { articleId, source: span, links, title } = quoted;
  const reader = link(`articles/${encodeURIComponent(articleId)}`, {
    cite: `${span.start}-${span.end}`,
    answer: answer.id,
  });
  const original = safeUrl(links.original);
  return html`<a href="${reader}#cite" aria-label="${say.read}: ${title}">${say.read}</a>${
      original === undefined
        ? ''
        : html` <a href="${original}" rel="noreferrer external" aria-label="${say.original}: ${title}"
            >${say.original}</a
          >`
    }`;
}

function copies({ language, link }: PageContext, places: readonly AlsoIn[]): Html {
  const items = places.map(
    ({ articleId, title, publisher, publishedAt }) =>
      html`<li>
        <a href="${link(`articles/${encodeURIComponent(articleId)}`)}"><bdi>${title}</bdi></a
        >${
          publisher === undefined ? '' : html` <span class="fact"><bdi>${publisher}</bdi></span>`
        }${publishedAt === undefined ? '' : html` <span class="fact">${showDate(publishedAt, language)}</span>`}
      </li>`,
  );
  return html`<div class="also-in">
    <p>${answerStrings[language].alsoIn}</p>
    <ul>
      ${items}
    </ul>
  </div>`;
}
