import { createRequestSchemas, type RequestLimits } from '../schemas.ts';
import type { Operation } from './operation.ts';
import { answerOperations } from './operations/answers.ts';
import { articleOperations } from './operations/articles.ts';
import { chatOperations } from './operations/chat.ts';
import { conversationOperations } from './operations/conversations.ts';
import { healthOperations } from './operations/health.ts';
import { ingestOperations } from './operations/ingest.ts';
import { mcpOperations } from './operations/mcp.ts';
import { openAiOperations } from './operations/openai.ts';
import { operatorOperations } from './operations/operator.ts';

/** Everything that the API can be asked, in the order of the document. */
export function apiOperations(limits: RequestLimits): Operation[] {
  const requests = createRequestSchemas(limits);
  return [
    ...answerOperations(requests),
    ...conversationOperations,
    ...articleOperations(requests),
    ...openAiOperations(limits),
    ...chatOperations(limits),
    ...mcpOperations,
    ...operatorOperations,
    ...ingestOperations,
    ...healthOperations,
  ];
}
