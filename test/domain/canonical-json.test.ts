import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canonicalJson } from '../../src/domain/canonical-json.ts';

describe('canonicalJson', () => {
  // RFC 8785, section 3.2.2 and 3.2.3.
  it('writes the example of RFC 8785', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts members by UTF-16 code units, as RFC 8785 does', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    const order = Array.from(canonicalJson(value).matchAll(/:"([A-Z]\w+)/gu), ([, word]) => word);
    expect(order).toEqual(['Carriage', 'One', 'Control', 'Latin', 'Euro', 'Emoji', 'Hebrew']);
  });

  it.each([
    [-0, '0'],
    [1e21, '1e+21'],
    [999999999999999900000, '999999999999999900000'],
    [9007199254740992, '9007199254740992'],
    [5e-324, '5e-324'],
    [0.000001, '0.000001'],
    [1e-7, '1e-7'],
  ])('writes the number %d as %s', (number, text) => {
    expect(canonicalJson(number)).toBe(text);
  });

  it('leaves out members that are undefined, at any depth, and keeps places in lists', () => {
    expect(canonicalJson({ b: undefined, a: { c: undefined, d: [undefined, 1] } })).toBe(
      '{"a":{"d":[null,1]}}',
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (number) => {
    expect(() => canonicalJson({ deep: [number] })).toThrow(TypeError);
  });

  it('means what JSON.stringify means', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('does not depend on the order in which members were set', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });
});
