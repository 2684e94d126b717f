/**
 * Footnote inside other programs: the assistant, its retrieval as a LangChain retriever, and its vector store.
 *
 * @example
 * ```ts
 * const assistant = await createAssistant(loadConfig({ CORPUS_DIR: 'corpus', INDEX_DIR: 'index' }));
 * await assistant.ingest();
 * const answer = await assistant.ask({ question: 'When was the lighthouse built?' });
 * await assistant.close();
 * ```
 *
 * @packageDocumentation
 */
export { type AssistantOptions, createAssistant, type LocalAssistant } from './assistant.ts';
export { type Config, loadConfig } from './config.ts';
export type { Assistant, CallOptions, SearchRequest } from './domain/assistant.ts';
export type { AnswerCheck } from './domain/answer-check.ts';
export type { AnswerEvent } from './domain/answer-event.ts';
export type { Answer, AnswerRequest, AnswerSentence, NearestArticle, Receipt } from './domain/answer.ts';
export type { Article, ArticleSummary, CopyGroup, FoundBy, IndexStatistics } from './domain/article.ts';
export type { Citation, Verdict } from './domain/citation.ts';
export type { Conversation, ConversationInfo, Turn } from './domain/conversation.ts';
export { type ErrorCode, FootnoteError } from './domain/errors.ts';
export type { Evidence } from './domain/evidence.ts';
export type { Feedback, StoredFeedback } from './domain/feedback.ts';
export type { Filters } from './domain/filters.ts';
export type { IngestAdmin } from './domain/ingest-admin.ts';
export type { IngestJob, IngestProgress } from './domain/ingest-job.ts';
export type { Language } from './domain/language.ts';
export type { EmbeddingModel, GenerationInfo, StoredPassage } from './domain/ports.ts';
export type { Span } from './domain/span.ts';
export type { HnswOptions } from './index/hnsw-options.ts';
export { HnswVectorStore, type HnswVectorStoreConfig, type VectorFilter } from './index/hnsw-vector-store.ts';
export type { IngestReport } from './ingest/run-ingest.ts';
export { createEmbeddingModel, type EmbeddingModelOptions } from './models/create-embedding-model.ts';
export { FootnoteRetriever, type PassageMetadata, toDocument } from './retrieve/footnote-retriever.ts';
