"""A session as one audio file: what is said when, and its assembly from recorded phrases."""

from bot.tracks.assembling import Track, assemble
from bot.tracks.script import Moment, Script, write
from bot.tracks.voice import Voice, read_voice

__all__ = ["Moment", "Script", "Track", "Voice", "assemble", "read_voice", "write"]
