import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

import type { Observer, WatchedRequest } from '../observe/watched.ts';

const usualMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Requests by route, and how long they take. Routes, methods and statuses are few: no label holds what a client chose. */
export function countRequests(registry: Registry): Observer {
  const registers = [registry];
  const underWay = new Set<WatchedRequest>();
  const requests = new Counter({
    name: 'footnote_http_requests_total',
    help: 'Requests answered, by route and status; 499 where the client left before.',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'footnote_http_request_duration_seconds',
    help: 'Time from the request to the end of its response, streams included.',
    labelNames: ['method', 'route'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const gauges = [
    new Gauge({
      name: 'footnote_http_requests_in_progress',
      help: 'Requests being answered at this moment.',
      registers,
      collect() {
        this.set(underWay.size);
      },
    }),
    new Gauge({
      name: 'footnote_open_streams',
      help: 'Event streams open at this moment.',
      registers,
      collect() {
        this.set(Array.from(underWay).filter((request) => request.isStreaming()).length);
      },
    }),
  ];
  for (const gauge of gauges) gauge.set(0);
  return {
    requestStarted: (request) => void underWay.add(request),
    requestEnded(request, { route, status, endedAt }) {
      underWay.delete(request);
      const method = usualMethods.has(request.method) ? request.method : 'OTHER';
      requests.inc({ method, route, status });
      durations.observe({ method, route }, (endedAt - request.startedAt) / 1000);
    },
  };
}
