/**
 * The distribution value of rows that belong together: those of an article by its id, of an answer by its, and so on.
 * Every table carries it as `shard`, first in its primary key, so that Citus can spread it without any other change, and
 * so that a statement that names it goes to one server.
 *
 * FNV-1a, 32 bits (G. Fowler, L. C. Noll, K.-P. Vo), of the UTF-8 bytes, as a signed integer.
 */
export function shardOf(owner: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(owner)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash | 0;
}
