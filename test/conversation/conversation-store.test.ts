import { onTestFinished } from 'vitest';

import { conversationsFile, createConversationStore } from '../../src/conversation/conversation-store.ts';
import { conversationStoreContract } from '../contracts/conversation-store-contract.ts';
import { createFolder } from '../support/folders.ts';

conversationStoreContract('a file', async () => {
  const folder = await createFolder();
  onTestFinished(() => folder.remove());
  const file = conversationsFile(folder.path);
  return (options) => createConversationStore({ file, retentionDays: 30, ...options });
});
