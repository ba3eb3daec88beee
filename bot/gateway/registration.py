"""Where Telegram is to bring updates: to the coach's webhook, or nowhere while it polls.

It is looked at every few minutes and put right, for anybody who has the token can change it.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import WebhookInfo
from telegram.error import TelegramError

from bot.domain.reception import Known, Reception
from bot.gateway.client import ApiBot
from bot.runtime.addresses import Webhook

log = logging.getLogger(__name__)

CONNECTIONS = 100
LOOK_EVERY = 120.0


@dataclass(frozen=True, slots=True)
class Registration:
    """What Telegram should know; without a `webhook` it should have none."""

    webhook: Webhook | None
    allowed: Sequence[str]

    def is_in(self, known: WebhookInfo) -> bool:
        """Whether that is what Telegram knows. The secret it does not tell."""
        if self.webhook is None:
            return not known.url
        same = (known.url, known.max_connections) == (self.webhook.url, CONNECTIONS)
        return same and set(known.allowed_updates or ()) == set(self.allowed)

    async def tell(self, bot: ApiBot) -> None:
        """Raises TelegramError."""
        if self.webhook is None:
            await bot.delete_webhook()
            return
        await bot.set_webhook(
            self.webhook.url,
            max_connections=CONNECTIONS,
            allowed_updates=list(self.allowed),
            secret_token=self.webhook.secret,
        )


async def look(bot: ApiBot, registration: Registration, reception: Reception) -> bool:
    """Whether Telegram knows all that it should. Raises TelegramError."""
    info = await bot.get_webhook_info()
    wanted = registration.webhook.url if registration.webhook else ""
    reception.looked(
        Known(
            is_ours=info.url == wanted,
            pending=info.pending_update_count,
            error_at=info.last_error_date,
            error=info.last_error_message or "",
        )
    )
    return registration.is_in(info)


async def look_after(bot: ApiBot, registration: Registration, reception: Reception) -> None:
    """Until cancelled, looks every few minutes and puts right what is wrong.

    Where Telegram names a fresh error it is told again, too: the secret may have been changed.
    """
    while True:
        await asyncio.sleep(LOOK_EVERY)
        try:
            is_right = await look(bot, registration, reception)
            if is_right and not reception.is_failing:
                continue
            await registration.tell(bot)
            if not is_right:
                log.warning("what Telegram knew of the webhook was wrong and is put right")
                await look(bot, registration, reception)
        except TelegramError as error:
            log.warning("the webhook could not be looked after: %s", type(error).__name__)
        except Exception:
            log.exception("the webhook could not be looked after")
