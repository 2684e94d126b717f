/** What holds for the whole API, in Markdown. */
export const apiDescription = `Every sentence of a reply carries footnotes, and every footnote an exact quotation that the server has checked.

## Offsets

All spans count UTF-16 code units, start inclusive and end exclusive, as strings of JavaScript, Java and C# do. \
\`article.text.slice(citation.source.start, citation.source.end) === citation.quote\` holds for every citation; \
\`citation.answer\` and \`sentences\` are spans of the \`text\` of the answer.

## Failures

Failures are problem details (RFC 9457) with the content type \`application/problem+json\`. \`type\` tells the kind, \
\`detail\` is written for people, and \`instance\` finds a failure of the server in its log. Below \`/v1\` they have the shape of \
OpenAI's errors, and at \`/mcp\` that of JSON-RPC where a message is at fault. Members that are not \
documented may be added to any response: ignore them.

## Keys

Where the operator has configured API keys, send one as \`Authorization: Bearer KEY\` or as \`X-API-Key: KEY\`. The scope \
that an operation needs is listed with its security requirement; without configured keys, none is asked for.

## Receipts

Every answer has a \`receipt\`: the state of the index, the versions of the articles, the models, the prompts (as a hash) \
and the settings that it was made with. \`receipt.sha256\` is a hash of the whole answer, which anybody can compute again:

1. Take the JSON of the answer as it was received, with all its members, known and unknown.
2. Remove \`id\`, \`receipt.createdAt\` and \`receipt.sha256\`, and nothing else.
3. Write it as canonical JSON (RFC 8785): no white space; the members of every object sorted by the UTF-16 code units of \
their names; strings and numbers as ECMAScript's \`JSON.stringify\` writes them.
4. Take the SHA-256 of its UTF-8 bytes, in lower-case hexadecimal.

Equal questions over the same state of the index with the same settings have equal hashes, as far as the model repeats \
itself. \`promptHash\` and \`model\` are absent from receipts of answers that no model wrote. The example of \`Answer\` is \
sealed like every other and can serve as a test. Whether the quotations still stand is another question, which \
\`POST /api/answers/{id}/verify\` answers.
`;
