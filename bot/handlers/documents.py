"""Documents sent to the coach, which are fetched and passed to the reader of their kind."""

from collections.abc import Awaitable, Callable, Sequence

from telegram import Document

from bot.coach import Coach
from bot.domain.frozen import frozen
from bot.gateway.documents import NotFetched
from bot.handlers import free_text
from bot.handlers.request import Request, reply
from bot.views import talk as views

MEGABYTE = 1024**2


@frozen
class DocumentKind:
    """A kind of document that the coach reads, recognised by the end of its name or its type.

    Documents larger than `megabytes` are not fetched. `read` handles the content.
    """

    endings: tuple[str, ...]
    types: tuple[str, ...]
    megabytes: int
    read: Callable[[Coach, Request, bytes], Awaitable[None]]

    def fits(self, document: Document) -> bool:
        name, mime = (document.file_name or "").lower(), (document.mime_type or "").lower()
        return name.endswith(self.endings) or mime in self.types


async def received(
    kinds: Sequence[DocumentKind], coach: Coach, request: Request, document: Document
) -> None:
    """Read a document of one of these kinds; otherwise its caption may be about pain."""
    if request.words and await free_text.mentions_pain(coach, request):
        return
    kind = next((kind for kind in kinds if kind.fits(document)), None)
    if kind is None:
        await reply(coach, request, views.unknown_document(coach.texts))
        return
    limit = kind.megabytes * MEGABYTE
    content: bytes | NotFetched = NotFetched.TOO_LARGE
    if (document.file_size or 0) <= limit:
        content = await coach.documents.fetch(document.file_id, limit)
    if content is NotFetched.TOO_LARGE:
        screen = views.document_too_large(coach.texts, kind.megabytes)
        await coach.messenger.show(request.chat, screen)
    elif isinstance(content, NotFetched):
        await coach.messenger.show(request.chat, views.document_not_fetched(coach.texts))
    else:
        await kind.read(coach, request, content)
