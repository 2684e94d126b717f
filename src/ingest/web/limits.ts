/** Longest address that is asked for, in characters. */
export const maxUrlLength = 2_000;

/** Redirects that are followed for one address. */
export const maxRedirects = 5;

/** Largest header block of a response, in bytes. */
export const maxHeaderBytes = 32_768;

/** Largest feed or list of addresses, decoded, in bytes. */
export const maxListingBytes = 10_000_000;

/** Largest sitemap, unpacked, in bytes (the protocol allows 50 MB; what is listed here is 500 pages of it). */
export const maxSitemapBytes = 20_000_000;

/** How much of a robots.txt counts, in bytes (RFC 9309, section 2.5: at least 500 KiB). */
export const maxRobotsBytes = 512_000;

/** Pages taken of one feed, sitemap or list, the newest first, where nothing else is said. */
export const defaultEntryLimit = 500;

/** Most pages that may be asked of one source. */
export const maxEntryLimit = 10_000;

/** Sitemaps that are read of one sitemap index, and how deep they may be nested. */
export const maxSitemaps = 50;
export const maxSitemapDepth = 3;

/** Addresses that are read of all sitemaps of one source, before the newest are chosen. */
export const maxSitemapEntries = 100_000;

/** Deepest nesting of elements in a feed or sitemap. */
export const maxXmlDepth = 128;

/** Longest pause that a robots.txt can ask for between two requests, in milliseconds. */
export const maxCrawlDelayMs = 30_000;

/** Longest wait that a server can ask for with `Retry-After`, in milliseconds; longer ones are reported instead. */
export const maxRetryAfterMs = 60_000;
