"""data/conditions.toml: the conditions of the safety screen, and what each needs."""

from collections.abc import Iterator

from pydantic import Field

from bot.content.models import Model, Slug
from bot.domain.screening import Condition, ConditionRule, Limit, Need, Rules

FILE = "conditions.toml"


class ConditionNeeds(Model):
    """What one condition needs before a session, and for how long."""

    needs: Need = Field(description="what a session waits for", examples=["clinician"])
    ends_after_days: int | None = Field(
        None, ge=1, description="days after which the condition is over", examples=[183]
    )
    renewed_after_days: int | None = Field(
        None, ge=1, description="days after which an agreement is asked for again", examples=[91]
    )
    limits: tuple[Limit, ...] = Field(
        (), description="what sessions do otherwise", examples=[["no-progress"]]
    )


class ConditionsFile(Model):
    """data/conditions.toml: what the safety screen asks about, and what follows."""

    routines_from_16: tuple[Slug, ...] = Field(
        (),
        description="ids of routines that are not for runners under 16",
        examples=[["a-routine"]],
    )
    conditions: dict[Condition, ConditionNeeds] = Field(
        description="what each condition needs", examples=[{"heart": {"needs": "clinician"}}]
    )

    def rules(self) -> Rules:
        return {
            condition: ConditionRule(
                facts.needs,
                facts.ends_after_days,
                facts.renewed_after_days,
                frozenset(facts.limits),
            )
            for condition, facts in self.conditions.items()
        }


def faults(file: ConditionsFile) -> Iterator[tuple[str, str]]:
    """Yield the field and the explanation of each fault that would drop a condition or question."""
    for condition in Condition:
        if condition not in file.conditions:
            yield f"conditions.{condition}", "is missing: the safety screen asks about it"
    only = {Condition.UNDER_18: Need.ADULT, Condition.LATEX: Need.LABEL}
    for condition, facts in file.conditions.items():
        need = only.get(condition, Need.CLINICIAN)
        if facts.needs is not need:
            yield f"conditions.{condition}.needs", f'must be "{need}"'
