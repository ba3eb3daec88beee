"""The command line: python -m bot run | demo | check | slots | backup | restore | figures | …"""

import gc

gc.disable()  # imported objects stay; examining them again and again takes a third of the start

import argparse
import asyncio
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy.exc import DBAPIError

from bot import __version__
from bot.app import Parts, at_work, calendar_of
from bot.authoring.check import check_evidence, read_checked
from bot.authoring.export import write_export
from bot.authoring.reload import Watch
from bot.content import Catalogue, read_catalogue
from bot.content.places import Places
from bot.content.reading import locale_files, shipped
from bot.content.texts import Texts
from bot.db.backup import back_up
from bot.db.engine import AwayError, DatabaseError, Place, is_away
from bot.db.migrating import claim, migrate, name_of
from bot.db.opening import open_database
from bot.db.restore import restore
from bot.gateway.profile import RefusedTokenError
from bot.runtime import logs
from bot.runtime.addresses import (
    Address,
    CannotListenError,
    RefusedWebhookError,
    Webhook,
    derived_secret,
)
from bot.runtime.clock import SystemClock
from bot.runtime.files import is_there
from bot.runtime.retry import BACK_OFF
from bot.runtime.scheduler import StoreError
from bot.runtime.settings import APP, SettingError, Settings, read_settings
from bot.runtime.systemd import supervised
from bot.runtime.tasks import until_told_to_stop
from bot.services import schedule
from bot.tracks import read_voice

gc.freeze()
gc.enable()

log = logging.getLogger("bot")

Command = Callable[[Settings, argparse.Namespace], int]

WRONG_SETTING = 2
FAILED = 1
THRESHOLDS = (10_000, 10, 100)  # of garbage collection; Python's own are 700, 10, 10


class CannotStartError(Exception):
    """A command can't be executed; the message has a line for each reason."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.print_help()
        return 0
    try:
        settings = read_settings()
        logs.set_up(settings.log_level)
        return int(options.execute(settings, options))
    except SettingError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTING
    except (DatabaseError, CannotStartError) as error:
        print(error, file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=APP, description="Band Coach: short resistance-band sessions for runners."
    )
    parser.add_argument("--version", action="version", version=f"{APP} {__version__}")
    commands = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")

    def command(
        name: str, execute: Command, summary: str, details: str = ""
    ) -> argparse.ArgumentParser:
        description = f"{summary[0].upper()}{summary[1:]}. {details}"
        subparser = commands.add_parser(name, help=summary, description=description)
        subparser.set_defaults(execute=execute)
        return subparser

    command(
        "run",
        _run,
        "the coach on Telegram; needs BOT_TOKEN",
        "Every setting is an environment variable or a line in .env; .env.example lists them. "
        "Ctrl-C or SIGTERM ends it.",
    )
    demo = command("demo", _demo, "the coach in your browser, without Telegram")
    demo.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to listen on (%(default)s); who reaches it can read and write all chats",
    )
    demo.add_argument("--port", type=int, default=8080, help="the port to listen on (%(default)s)")
    demo.add_argument("--fresh", action="store_true", help="forget the chats of the last time")
    check = command("check", _check, "reads content, sentences and settings for errors")
    check.add_argument(
        "--schemas",
        metavar="FOLDER",
        type=_path,
        nargs="?",
        const=shipped() / "schemas",
        help="writes the JSON Schemas for editors again, into data/schemas or another folder",
    )
    check.add_argument(
        "--export",
        metavar="FILE",
        type=_path,
        help="writes the exercises as JSON in the form of free-exercise-db",
    )
    command("slots", _slots, "the reminder slots and when each wakes next")
    backup = command("backup", _backup, "a whole copy of the database, while the coach runs")
    backup.add_argument(
        "file", metavar="FILE", type=_path, help="the copy; it must not be there yet"
    )
    restore = command("restore", _restore, "back to a copy, while the coach does not run")
    restore.add_argument("file", metavar="FILE", type=_path, help="a copy that backup made")
    figures = command(
        "figures", _figures, "draws the clips from the pose files; needs the figures extra"
    )
    figures.add_argument(
        "id", metavar="ID", nargs="*", help="exercises; none: those whose pose has changed"
    )
    figures.add_argument(
        "--sheet",
        type=_path,
        metavar="PNG",
        help="moments of one exercise, or of one form such as band-row/seated, to a picture "
        "instead; of all without an ID",
    )
    command("voice", _voice, "records the phrases of audio tracks; needs the voice extra")
    return parser


def _path(text: str) -> Path:
    """Convert an argument to a path; shells leave the `~` in `--export=~/file` unexpanded."""
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise argparse.ArgumentTypeError(f"{text!r} is in no folder that is known here") from None


def _run(settings: Settings, _options: argparse.Namespace) -> int:
    token = settings.token
    place = settings.database
    try:
        parts = replace(
            _parts(settings, token, settings.bot_api_url, place),
            webhook=_webhook(settings),
            metrics=_metrics(settings),
            admins=frozenset(settings.admin_ids),
            invite_code=settings.code,
            proxy=settings.proxy,
        )
        with claim(place):
            asyncio.run(until_told_to_stop(_run_coach(parts)))
    except RefusedTokenError:
        raise CannotStartError(
            "Telegram refuses BOT_TOKEN: copy it again from @BotFather, "
            "or try the coach without one: python -m bot demo"
        ) from None
    except CannotListenError as error:
        raise CannotStartError(
            f"{error}: change WEBHOOK_LISTEN, WEBHOOK_PORT or METRICS_PORT"
        ) from None
    except RefusedWebhookError as error:
        raise CannotStartError(f"Telegram refuses WEBHOOK_URL: {error}") from None
    return 0


def _webhook(settings: Settings) -> Webhook | None:
    if not settings.webhook_url:
        return None
    secret = settings.webhook_secret
    return Webhook(
        settings.webhook_url,
        settings.webhook_listen,
        settings.webhook_port,
        secret.get_secret_value() if secret else derived_secret(settings.token),
    )


def _metrics(settings: Settings) -> Address | None:
    if settings.metrics_port is None:
        return None
    return Address(settings.metrics_listen, settings.metrics_port)


async def _run_coach(parts: Parts) -> None:
    async with supervised() as supervisor:
        await _migrate(parts.database)
        async with at_work(parts) as work:
            settle_memory()
            print(f"Band Coach is at https://t.me/{work.app.bot.username}", flush=True)
            supervisor.ready(work.cluster.progress.hung)
            try:
                await work.until_refused()
            finally:
                supervisor.stopping()


async def _migrate(database: Place) -> None:
    """Migrate the database; retry while it can't be reached or another process migrates it."""
    for delay in BACK_OFF:
        try:
            await asyncio.to_thread(migrate, database)
        except AwayError as error:
            log.warning("%s; again in %d s", error, delay)
            await asyncio.sleep(delay)
        else:
            return


def settle_memory() -> None:
    """Exclude all present objects from garbage collection, and examine later ones less often.

    Collecting the present ones would block the event loop for 60 ms whenever a long history has
    been read, and collecting all later ones for up to 30 ms every few seconds under load, without
    finding garbage. With Python's own thresholds, collection takes 7 % of the time of a process
    under load.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def _demo(settings: Settings, options: argparse.Namespace) -> int:
    from bot.demo import server as demo  # imports a web server, which run does not need

    file = user_data_path(APP, appauthor=False) / "demo" / "coach.db"
    watch = Watch(_folders(settings), tell=partial(print, flush=True))
    try:
        with claim(file):
            if options.fresh:
                demo.forget(file.parent)
            migrate(file)
            parts = _parts(settings, "", "", file, checked=True)
            running = demo.show(parts, file.parent, watch, options.host, options.port)
            asyncio.run(until_told_to_stop(running))
    except CannotListenError as error:
        raise CannotStartError(f"{error}: try another one with --port") from None
    return 0


def _check(settings: Settings, options: argparse.Namespace) -> int:
    # Import the FIT profile and the figures, which run does not need.
    from bot.authoring.clips import check_clips
    from bot.authoring.fit_names import check_fit_names
    from bot.authoring.schemas import write_schemas
    from bot.authoring.voice import check_voice

    folders = _folders(settings)
    if options.schemas:
        with _writing(options.schemas):
            write_schemas(options.schemas)
        print(f"{options.schemas}: the schemas are written")
    catalogue, texts, faults = read_checked(folders, settings.bot_language)
    faults += check_clips(folders, catalogue.exercises)
    if texts is not None:
        faults += check_voice(folders, catalogue, texts)
    faults += check_fit_names(catalogue, folders)
    if not faults:
        faults += check_evidence(catalogue, folders)
    for fault in dict.fromkeys(faults):
        print(fault)
    if faults:
        return FAILED
    if options.export:
        with _writing(options.export):
            write_export(catalogue, folders, options.export)
        print(f"{options.export}: the exercises are written")
    if unused := catalogue.unused():
        print(f"no routine uses {', '.join(unused)}: a block or a swap may name it")
    print(
        f"{len(catalogue.exercises)} exercises, {len(catalogue.routines)} routines: "
        "nothing is wrong"
    )
    return 0


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotStartError(f"{path} can't be written: {error.strerror}") from None


def _slots(settings: Settings, _options: argparse.Namespace) -> int:
    place = settings.database
    if isinstance(place, Path) and not place.exists():
        raise CannotStartError(f"there is no database at {place} yet: python -m bot run makes it")
    asyncio.run(_print_slots(place))
    return 0


async def _print_slots(place: Place) -> None:
    database = open_database(place)
    try:
        used = await schedule.used_slots(database)
    except DBAPIError as error:
        if is_away(error):
            raise CannotStartError(f"can't reach {name_of(place)}") from None
        raise CannotStartError(
            f"{name_of(place)} is not a database of this version: "
            "python -m bot run brings it up to date"
        ) from None
    finally:
        await database.close()
    calendar = calendar_of(place)
    try:
        wakes = calendar.wakes()
    except StoreError as error:
        raise CannotStartError(f"{error}; the coach makes it anew when it runs") from None
    finally:
        calendar.stop()
    print(f"{'time zone':<32} {'time':<6} {'runners':>7}  next wake (UTC)")
    for slot in sorted(used.keys() | wakes.keys(), key=lambda slot: (slot.zone, slot.at)):
        wake = wakes.get(slot)
        next_wake = f"{wake:%Y-%m-%d %H:%M}" if wake else "not in the job store yet"
        print(f"{slot.zone:<32} {slot.at:%H:%M}  {used.get(slot, 0):>7}  {next_wake}")


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    revision = back_up(settings.database, options.file)
    size = options.file.stat().st_size / 1024
    print(f"{options.file}: {size:,.0f} KB, whole and checked, revision {revision}")
    return 0


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    place = settings.database
    revision, aside = restore(place, options.file, datetime.now(UTC))
    print(f"{name_of(place)} is {options.file} again, whole and checked, revision {revision}")
    if aside is not None:
        print(f"what was there before is {aside}: delete it when you don't need it any more")
    return 0


def _figures(settings: Settings, options: argparse.Namespace) -> int:
    from bot.figures.draw import CannotDrawError, NoLibrariesError, draw, draw_overview, draw_sheet

    try:
        if options.sheet is None:
            draw(_folders(settings), options.id, print)
            return 0
        if not options.id:
            draw_overview(_folders(settings), options.sheet)
            return 0
        if len(options.id) != 1:
            raise CannotStartError("--sheet draws one exercise, or all: name one, or none")
        faults = draw_sheet(_folders(settings), options.id[0], options.sheet)
    except NoLibrariesError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTING
    except CannotDrawError as error:
        raise CannotStartError(str(error)) from None
    for fault in faults:
        print(fault)
    return FAILED if faults else 0


def _voice(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.authoring.voice import CannotRecordError, NoEngineError, record

    folders = _folders(settings)
    catalogue, texts = _content(folders, settings.bot_language, checked=False)
    try:
        record(folders, catalogue, texts, print)
    except NoEngineError as error:
        print(error, file=sys.stderr)
        return WRONG_SETTING
    except CannotRecordError as error:
        raise CannotStartError(str(error)) from None
    return 0


def _folders(settings: Settings) -> list[Path]:
    return [shipped(), *([settings.content_dir] if settings.content_dir else [])]


def _parts(
    settings: Settings, token: str, api_url: str, place: Place, *, checked: bool = False
) -> Parts:
    """Build the parts of the coach. Raise CannotStartError if the content has faults."""
    catalogue, texts = _content(
        _folders(settings),
        settings.bot_language,
        checked=checked or settings.content_dir is not None,
    )
    return Parts(
        token=token,
        api_url=api_url,
        database=place,
        catalogue=catalogue,
        texts=texts,
        places=Places(shipped() / "places.tsv"),
        clock=SystemClock(),
        messages_per_second=settings.messages_per_second,
        voice=read_voice(_folders(settings), settings.bot_language),
    )


def _content(folders: list[Path], language: str, *, checked: bool) -> tuple[Catalogue, Texts]:
    """Read the content, with all checks if `checked`; shipped content was checked before."""
    if not any(is_there(folder / "locales" / f"{language}.ftl") for folder in folders):
        raise CannotStartError(f"BOT_LANGUAGE: there is no locales/{language}.ftl")
    if checked:
        catalogue, texts, faults = read_checked(folders, language)
    else:
        catalogue, faults = read_catalogue(folders, language)
        try:
            texts = Texts(language, list(locale_files(folders, language)))
        except ValueError as error:
            raise CannotStartError(error) from None
    if faults or texts is None:
        raise CannotStartError("\n".join(str(fault) for fault in faults))
    return catalogue, texts


if __name__ == "__main__":
    sys.exit(main())
