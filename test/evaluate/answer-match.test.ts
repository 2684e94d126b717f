import { describe, expect, it } from 'vitest';

import { holdsAnswer, isYesOrNo } from '../../src/evaluate/answer-match.ts';

describe('looking for an answer in a quotation', () => {
  it('overlooks case, diacritics and the grouping of numbers', () => {
    expect(holdsAnswer('Sự kiện đón 7.000 lượt khách tại HÀ NỘI.', '7,000')).toBe(true);
    expect(holdsAnswer('Sự kiện đón 7.000 lượt khách tại HÀ NỘI.', 'hà nội')).toBe(true);
    expect(holdsAnswer('It happened in Warsaw’s old town.', 'Warsaw')).toBe(true);
  });

  it('finds whole words only', () => {
    expect(holdsAnswer('In 1952 it had fifteen rooms.', '95')).toBe(false);
    expect(holdsAnswer('In 1952 it had fifteen rooms.', 'room')).toBe(false);
  });

  it('looks for an answer without words as it is', () => {
    expect(holdsAnswer('Prices are in $.', '$')).toBe(true);
    expect(holdsAnswer('Prices are in €.', '$')).toBe(false);
  });

  it('knows which answers no sentence holds', () => {
    expect(['yes', 'No', 'Không'].every(isYesOrNo)).toBe(true);
    expect(isYesOrNo('Norway')).toBe(false);
  });
});
