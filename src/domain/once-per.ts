/**
 * A function that computes its result once for each object that it is given, and forgets it with the object: for what
 * follows from an immutable thing alone. `make` must not depend on anything else.
 */
export function oncePer<K extends object, V extends object>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const known = made.get(key);
    if (known) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
