"""A voice for tests: it has the signals and says nothing, so that each track is a real MP3 file."""

from bot.tracks import Voice
from bot.tracks.voice import SILENCE, Tone

SIGNALS = Voice({tone.value: SILENCE * 8 for tone in Tone})
