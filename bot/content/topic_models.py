"""The models of data/evidence.toml and data/topics.toml."""

from typing import Annotated, Literal

from pydantic import Field, RootModel, model_validator

from bot.content.models import ADDRESS, Band, Finding, Line, Model, Muscle, Purpose, Slug


class Evidence(Model):
    """One entry of data/evidence.toml: a published finding, paraphrased."""

    authors: Annotated[str, Field(min_length=1, max_length=80)] = Field(
        description="who published it", examples=["Lewis and others"]
    )
    year: Annotated[int, Field(ge=1950, le=2100)] = Field(
        description="when it was published", examples=[2019]
    )
    published_in: Annotated[str, Field(min_length=1, max_length=120)] = Field(
        description="journal, volume and pages",
        examples=["Journal of Athletic Training 53(11), 1071–1081"],
    )
    doi: str | None = Field(
        None, description="its DOI, without an address", examples=["10.4085/1062-6050-46-16"]
    )
    url: Annotated[str, Field(pattern=ADDRESS)] | None = Field(
        None,
        description="where it can be read, if it has no DOI",
        examples=["https://pubmed.ncbi.nlm.nih.gov/23160432"],
    )
    found: dict[str, Finding] = Field(
        description="the finding and its limits, a text for each language",
        examples=[{"en": "In 22 adults the glutes worked most with the band round the feet."}],
    )

    @model_validator(mode="after")
    def it_speaks_english(self) -> "Evidence":
        if "en" not in self.found:
            raise ValueError('found.en is missing, such as found.en = "22 adults …"')
        return self

    @property
    def link(self) -> str:
        """Return the address where it can be read, or ""."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url or ""


class EvidenceFile(RootModel[dict[Slug, Evidence]]):
    """data/evidence.toml: every source that an exercise or a topic may name."""


class TopicTexts(Model):
    """The name of a topic, and the words that people type for it."""

    name: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        description="the words on its button", examples=["Side of the hips"]
    )
    words: tuple[str, ...] = Field(
        (), description="what people type for it", examples=[["hips", "outer hip"]]
    )
    says: tuple[Line, ...] = Field(
        (),
        description="what the coach says of it above the findings, a paragraph each",
        examples=[["Perhaps, and nobody can promise it."]],
    )


class Topic(Model):
    """One entry of data/topics.toml: a topic by which a runner can browse and search."""

    group: Literal["trains", "aim", "band", "when", "studies"] = Field(
        description="the list in which it is shown; studies: a question, found by any text that has"
        " all words of one of its `words`",
        examples=["trains"],
    )
    purposes: tuple[Purpose, ...] = Field(
        (), description="exercises with one of these purposes belong to it", examples=[["glutes"]]
    )
    muscles: tuple[Muscle, ...] = Field(
        (),
        description="exercises with one of these primary muscles belong to it; their names find it",
        examples=[["gluteus maximus"]],
    )
    bands: tuple[Band, ...] = Field(
        (), description="exercises with one of these bands belong to it", examples=[["mini-band"]]
    )
    no_band: bool = Field(
        False, description="exercises that can be done without a band belong to it", examples=[True]
    )
    before_run: bool = Field(
        False, description="exercises gentle enough before a run belong to it", examples=[True]
    )
    evidence: tuple[Slug, ...] = Field(
        (),
        description="ids in data/evidence.toml, shown with it in this order",
        examples=[["toresdahl-2020", "leppanen-2024"]],
    )
    texts: dict[str, TopicTexts] = Field(
        description="its texts per language",
        examples=[{"en": {"name": "Glutes", "words": ["glutes"]}}],
    )

    @model_validator(mode="before")
    @classmethod
    def english_may_stand_by_itself(cls, value: object) -> object:
        """Accept the form of earlier versions, [buttocks.en] for [buttocks.texts.en]."""
        if isinstance(value, dict) and "en" in value and "texts" not in value:
            return {**{k: v for k, v in value.items() if k != "en"}, "texts": {"en": value["en"]}}
        return value

    @model_validator(mode="after")
    def english_is_there(self) -> "Topic":
        if "en" not in self.texts:
            raise ValueError('texts.en is missing, such as texts.en.name = "Glutes"')
        return self

    def in_language(self, language: str) -> TopicTexts:
        """Return the texts in the language, or in English."""
        return self.texts.get(language, self.texts["en"])


class TopicsFile(RootModel[dict[Slug, Topic]]):
    """data/topics.toml: every topic, in the order in which runners see them."""
