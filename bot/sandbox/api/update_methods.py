"""The methods for long polling and the webhook."""

from contextlib import suppress
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from bot.sandbox.api.parameters import Parameters
from bot.sandbox.api.refusal import Refusal, bad_request
from bot.sandbox.world.updates import PollEndedError
from bot.sandbox.world.webhook import DEFAULT_CONNECTIONS, Reach, Webhook
from bot.sandbox.world.wire import Json
from bot.sandbox.world.world import World

_PORTS = (80, 88, 443, 8443)
_SECRET_LIMIT = 256  # characters
_CONNECTION_LIMIT = 100


async def get_updates(world: World, params: Parameters) -> list[Json]:
    if world.webhook:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    try:
        return await world.updates.poll(
            offset=params.integer("offset"),
            limit=min(max(params.integer("limit", 100), 1), 100),
            seconds=min(max(params.integer("timeout"), 0), 50),
            allowed=params.structure("allowed_updates", "allowed_updates"),
        )
    except PollEndedError as error:
        raise Refusal(409, f"Conflict: terminated by {error}") from None


async def set_webhook(world: World, params: Parameters) -> bool:
    """Set the webhook, or delete it if the URL is empty."""
    if not params.text("url"):
        return await delete_webhook(world, params)
    webhook = _read_webhook(params, world.webhook_reach)
    allowed = params.structure("allowed_updates", "allowed_updates")
    if allowed is not None:
        world.updates.allowed = frozenset(allowed)
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    if world.webhook is None or not world.webhook.has_settings_of(webhook):
        world.webhook = webhook  # the same settings once more keep the last error
    world.updates.end_polls()
    return True


async def delete_webhook(world: World, params: Parameters) -> bool:
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    world.webhook = None
    return True


async def get_webhook_info(world: World, _params: Parameters) -> Json:
    webhook = world.webhook
    info: Json = {"url": webhook.url if webhook else "", "has_custom_certificate": False}
    info["pending_update_count"] = len(world.updates.pending)
    if webhook:
        info["max_connections"] = webhook.connections
        if webhook.error_at:
            info["last_error_date"] = int(webhook.error_at.timestamp())
            info["last_error_message"] = webhook.error
    if world.updates.allowed:
        info["allowed_updates"] = sorted(world.updates.allowed)
    return info


def _read_webhook(params: Parameters, reach: Reach) -> Webhook:
    url, secret = params.text("url"), params.text("secret_token")
    parts = _split(url)
    is_local = _is_loopback(parts.hostname or "")
    if reach is Reach.LOCAL and not is_local:
        raise bad_request("bad webhook: only this machine may be brought updates")
    if reach is Reach.PUBLIC or not is_local:
        _check_public(parts)
    if len(secret) > _SECRET_LIMIT:
        raise bad_request("secret token is too long")
    if not all(letter.isascii() and (letter.isalnum() or letter in "_-") for letter in secret):
        raise bad_request("secret token contains unallowed characters")
    connections = params.integer("max_connections") or DEFAULT_CONNECTIONS
    return Webhook(url, secret, min(max(connections, 1), _CONNECTION_LIMIT))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url if "://" in url else f"https://{url}")
        _ = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    return parts


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _check_public(parts: SplitResult) -> None:
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (parts.port or 443) not in _PORTS:
        ports = "80, 88, 443 or 8443"
        raise bad_request(f"bad webhook: Webhook can be set up only on ports {ports}")
    with suppress(ValueError):
        if ip_address(parts.hostname or "").is_private:
            raise bad_request(f"bad webhook: IP address {parts.hostname} is reserved")
