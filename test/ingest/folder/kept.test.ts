import { describe, expect, it } from 'vitest';

import { articleOf, sentencesOf } from '../article-of.ts';
import { paragraphs } from './sample.ts';

const first =
  'The harbour office opened a second pilot station on Friday, and two thousand people came to see it.';
const second = 'Ships wait forty minutes less than before, the head of the station said at the opening.';

describe('what looks like furniture of a page', () => {
  it('stays where it is the only line that can be the title', () => {
    expect(articleOf('a.txt', `Travel\n${first}\n${second}`)).toMatchObject({
      title: 'Travel',
      text: `${first}\n\n${second}`,
    });
  });

  it('stays where the article is a list of such names', () => {
    const article = articleOf(
      'a.html',
      '<html lang="en"><title>Our sections</title><ul><li>Health</li><li>Travel</li></ul></html>',
    );
    expect(article.text).toBe('Health\nTravel');
  });

  it('stays in an article about cookies', () => {
    const page = `<html lang="en"><title>Cookie law</title><body><div class="cookie-law"><h1>Cookie law</h1>${paragraphs([first, second])}</div></body></html>`;
    expect(sentencesOf(articleOf('a.html', page))).toEqual([first, second]);
  });

  it('stays where a heading is a short sentence', () => {
    const page = `<html lang="en"><title>Ports</title><body><h1>Ports</h1><h2>Ships wait less.</h2>${paragraphs([first, second])}</body></html>`;
    expect(articleOf('a.html', page).headings).toHaveLength(1);
  });

  it('stays where a date stands in a title without a weekday', () => {
    const article = articleOf('a.txt', `Hai Phong Port Conference 05/04/2024\n${first}\n${second}`);
    expect(article.title).toBe('Hai Phong Port Conference 05/04/2024');
  });
});

describe('the date beside the title of a page', () => {
  const page = (above: string, below: string) =>
    `<html lang="en"><title>Pilot station</title><body><div>${above}</div><div>Menu of the day</div><div><h1>Pilot station</h1><div class="x1">${below}</div></div><div class="story">${paragraphs([first, second])}</div></body></html>`;

  it('is that of the article, and not the date of today above the menu', () => {
    expect(articleOf('a.html', page('Friday, April 12, 2024', 'April 5, 2024')).publishedAt).toBe(
      '2024-04-05',
    );
  });
});
