"""The shipped content, read once in each process that runs tests."""

from bot.content import read_catalogue
from bot.content.places import Places
from bot.content.reading import locale_files, shipped
from bot.content.texts import ENGLISH, Texts

CATALOGUE, FAULTS = read_catalogue([shipped()], ENGLISH)
TEXTS = Texts(ENGLISH, list(locale_files([shipped()], ENGLISH)))
PLACES = Places(shipped() / "places.tsv")
