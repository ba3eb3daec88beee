"""Speaks one sentence: a process of its own for each, because the engine remembers earlier ones.

`python -m bot.authoring.speaking en-GB` reads the sentence and writes its samples: 16 bits, mono,
16 kHz. The engine understands markup that writes files, so nothing but words reaches it.
"""

import re
import subprocess
import sys

VOICES = {"en": "en-GB", "de": "de-DE", "es": "es-ES", "fr": "fr-FR", "it": "it-IT"}
LONGEST = 5.0  # seconds until a process that hangs is killed
VOLUME = 0.7  # it clips from 0.8 on
_SAYABLE = re.compile(r"[^\W_]([^\W_]|[ .,;?!'-])*")
_WRITTEN = str.maketrans({"’": "'", "–": "-", "—": ",", "…": "."})


class CannotSpeakError(Exception):
    """A sentence can't be spoken; the message says why."""


def sayable(text: str) -> str:
    """Return the text as a sentence of letters, digits and stops.

    Raise CannotSpeakError if something else is in it.
    """
    words = " ".join(text.translate(_WRITTEN).split())
    words = re.sub(r":(?= )", ",", words.removesuffix(":").replace(" (", ", "))
    words = re.sub(r"\)(?=[.,;?!]|$)", "", words).replace(")", ",")
    if not _SAYABLE.fullmatch(words):
        raise CannotSpeakError(f"“{text}” has more in it than letters, digits and . , ; ? ! - '")
    return words if words[-1] in ".?!" else f"{words}."


def speak(sentence: str, language: str) -> bytes:
    """Return the samples of a sentence. Raise CannotSpeakError."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "bot.authoring.speaking", VOICES[language]],
            input=sayable(sentence).encode(),
            capture_output=True,
            timeout=LONGEST,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise CannotSpeakError(f"“{sentence}” took more than {LONGEST:.0f} s") from None
    except subprocess.CalledProcessError as error:
        raise CannotSpeakError(f"“{sentence}”: {error.stderr.decode().strip()}") from None
    return done.stdout


def main() -> None:
    from py_nanotts import NanoTTS

    text = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(NanoTTS().speak(sayable(text), voice=sys.argv[1], volume=VOLUME))


if __name__ == "__main__":
    main()
