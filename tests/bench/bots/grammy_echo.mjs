// grammY with its runner, as its documentation advises for load: answers a tap. URL and token.
import { run } from "@grammyjs/runner";
import { Bot } from "grammy";

const [apiRoot, token] = process.argv.slice(2);
const bot = new Bot(token, { client: { apiRoot } });
bot.on("callback_query", (context) => context.answerCallbackQuery());
run(bot);
