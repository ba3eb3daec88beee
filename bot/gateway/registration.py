"""The webhook that Telegram should have: the coach's, or none while the coach polls.

It is checked every few minutes and set again if it differs, as anybody with the token can change
it.
"""

import asyncio
import logging
from collections.abc import Sequence

from telegram import WebhookInfo
from telegram.error import TelegramError

from bot.domain.frozen import frozen
from bot.domain.reception import Known, Reception
from bot.gateway.client import ApiBot
from bot.runtime.addresses import Webhook

log = logging.getLogger(__name__)

CONNECTIONS = 100
CHECK_EVERY = 120.0


@frozen
class Registration:
    """What Telegram should have stored; no webhook if `webhook` is None."""

    webhook: Webhook | None
    allowed: Sequence[str]

    def matches(self, known: WebhookInfo) -> bool:
        """Return whether Telegram has stored this; the secret can't be compared."""
        if self.webhook is None:
            return not known.url
        same = (known.url, known.max_connections) == (self.webhook.url, CONNECTIONS)
        return same and set(known.allowed_updates or ()) == set(self.allowed)

    async def store(self, bot: ApiBot) -> None:
        """Store the webhook at Telegram, or delete it; raise TelegramError."""
        if self.webhook is None:
            await bot.delete_webhook()
            return
        await bot.set_webhook(
            self.webhook.url,
            max_connections=CONNECTIONS,
            allowed_updates=list(self.allowed),
            secret_token=self.webhook.secret,
        )


async def check(bot: ApiBot, registration: Registration, reception: Reception) -> bool:
    """Return whether Telegram has stored what it should; raise TelegramError."""
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
    return registration.matches(info)


async def keep_registered(bot: ApiBot, registration: Registration, reception: Reception) -> None:
    """Check every few minutes until cancelled, and store the registration again if it differs.

    It is also stored after a recent error of delivery, as the secret may have been changed.
    """
    while True:
        await asyncio.sleep(CHECK_EVERY)
        try:
            is_right = await check(bot, registration, reception)
            if is_right and not reception.is_failing:
                continue
            await registration.store(bot)
            if not is_right:
                log.warning("what Telegram knew of the webhook was wrong and is put right")
                await check(bot, registration, reception)
        except TelegramError as error:
            log.warning("the webhook could not be looked after: %s", type(error).__name__)
        except Exception:
            log.exception("the webhook could not be looked after")
