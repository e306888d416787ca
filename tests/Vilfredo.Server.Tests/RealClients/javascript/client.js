// Asks a server with OpenAI's own client and prints what it understood, as one JSON object. Argument: the server's base address.
import OpenAI, { NotFoundError } from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: process.argv[3] ?? "none", maxRetries: 0 });
const messages = [{ role: "user", content: "2+2?" }];

const answer = await client.chat.completions.create({ model: "vote", messages });
const { response } = await client.chat.completions.create({ model: "frontier/test", messages }, { headers: { "x-vilfredo-max-cost": "0.002" } }).withResponse();

let words = "";
let usage = null;
const stream = await client.chat.completions.create({ model: "cheap", messages, stream: true, stream_options: { include_usage: true } });
for await (const chunk of stream) {
  words += chunk.choices[0]?.delta?.content ?? "";
  usage = chunk.usage ?? usage;
}

const models = [];
for await (const model of client.models.list()) models.push(model.id);

let missing = "";
try {
  await client.chat.completions.create({ model: "no-such-model", messages });
} catch (error) {
  missing = error instanceof NotFoundError ? error.message : `not a NotFoundError: ${error}`;
}

console.log(JSON.stringify({
  text: answer.choices[0].message.content,
  finish: answer.choices[0].finish_reason,
  tokens: answer.usage.total_tokens,
  point: response.headers.get("x-vilfredo-point"),
  words,
  streamTokens: usage.total_tokens,
  models,
  missing,
}));
