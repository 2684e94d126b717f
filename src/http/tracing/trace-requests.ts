import { type Context, type Span, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';

import { isProbe, type Observer, type WatchedAnswer, type WatchedRequest } from '../observe/watched.ts';
import { parentContext } from './parent-context.ts';

/** One span for each request, and below it one for each stage of its answer; `verify` is below `write`. */
export function traceRequests(tracer: Tracer): Observer {
  const spans = new Map<WatchedRequest, { readonly span: Span; readonly context: Context }>();
  return {
    requestStarted(request) {
      if (isProbe(request.path)) return;
      const parent = parentContext(request.traceparent);
      const options = { kind: SpanKind.SERVER, startTime: request.startedAt };
      const span = tracer.startSpan(request.method, options, parent);
      request.traceId = span.spanContext().traceId;
      spans.set(request, { span, context: trace.setSpan(parent, span) });
    },
    requestEnded(request, { route, status, endedAt, aborted }) {
      const open = spans.get(request);
      if (!open) return;
      spans.delete(request);
      const { span, context } = open;
      for (const answer of request.answers) {
        traceStages(tracer, context, answer);
        span.setAttributes(answerAttributes(answer));
      }
      span.updateName(`${request.method} ${route}`);
      span.setAttributes({
        'http.request.method': request.method,
        'http.route': route,
        'http.response.status_code': status,
        'footnote.request.id': request.id,
        'footnote.request.aborted': aborted,
      });
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end(endedAt);
    },
  };
}

function traceStages(tracer: Tracer, request: Context, { stages }: WatchedAnswer): void {
  // The stage around another ends after it and is known last.
  let writing = request;
  for (const { stage, startedAt, endedAt, failed } of stages.toSorted((a, b) => a.startedAt - b.startedAt)) {
    const parent = stage === 'verify' ? writing : request;
    const span = tracer.startSpan(stage, { startTime: startedAt }, parent);
    if (stage === 'write') writing = trace.setSpan(request, span);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endedAt);
  }
}

/** No text of a question, an article or a reply is among them. */
function answerAttributes({ answer, result, model }: WatchedAnswer) {
  return {
    'footnote.answer.outcome': result,
    'footnote.model.calls': model.calls,
    'gen_ai.usage.input_tokens': model.inputTokens,
    'gen_ai.usage.output_tokens': model.outputTokens,
    ...(answer && {
      'footnote.answer.id': answer.id,
      'footnote.answer.writer': answer.receipt.writer,
      'footnote.answer.language': answer.language,
      'footnote.answer.degraded': answer.degraded,
      'footnote.answer.citations': answer.citations.length,
      'footnote.answer.unsupported': answer.summary.unsupported,
      'footnote.index.generation': answer.receipt.indexGeneration,
    }),
  };
}
