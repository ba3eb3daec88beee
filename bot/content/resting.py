"""What resting regions leave out (docs/training-rules.md, rules 29 and 37 to 39)."""

from dataclasses import field
from enum import IntEnum

from bot.content.exercise_models import Demand, Load
from bot.content.region_rules import LevelRule, RegionRule, RegionRules
from bot.domain.frozen import frozen
from bot.domain.regions import Region
from bot.domain.rests import Level, Rest


class Allowance(IntEnum):
    """Whether a way of doing an exercise is left out, done gently, or done as usual.

    GENTLY: in the easier form, without a band, one set.
    """

    OUT = 0
    GENTLY = 1
    FREELY = 2


_LIGHT = {"usual": Allowance.FREELY, "gently": Allowance.GENTLY, "out": Allowance.OUT}


@frozen
class Resting:
    """The resting regions, of which there is at least one, and their rules."""

    rules: RegionRules = field(hash=False)
    rests: tuple[Rest, ...]

    @property
    def regions(self) -> tuple[Region, ...]:
        return tuple(rest.region for rest in self.rests)

    def allowance(self, demand: Demand) -> Allowance:
        """Return what the resting regions allow in combination."""
        return min(self._by(rest, demand) for rest in self.rests)

    def _by(self, rest: Rest, demand: Demand) -> Allowance:
        rule = self._rule(rest.region)
        if rule is None:  # pain whose place is not known
            return Allowance.OUT if rest.rests else Allowance.FREELY
        if _is_out_of_bounds(rule, rest.level, demand):
            return Allowance.OUT
        load = demand.load(rest.region)
        level: LevelRule = getattr(self.rules.levels, rest.level)
        if load is Load.HEAVY:
            return _LIGHT[level.heavy]
        if load is Load.NONE:
            return Allowance.FREELY
        allowed = _LIGHT[level.light]
        return allowed if rest.light_allowed or allowed is not Allowance.GENTLY else Allowance.OUT

    def _rule(self, region: Region) -> RegionRule | None:
        return next((rule for key, rule in self.rules.regions.items() if key == region), None)

    def loads_more(self, demand: Demand, planned: Demand) -> bool:
        """Return whether any resting region is loaded more than by the planned exercise."""
        regions = [rest.region for rest in self.rests]
        return any(demand.load(region) > planned.load(region) for region in regions)

    def warm_up(self) -> str | None:
        """Return the id of the first warm-up that suits all resting regions; "": the usual one.

        None: no warm-up suits them all.
        """
        suited = [
            self._warm_ups(rest, rule) for rest in self.rests if (rule := self._rule(rest.region))
        ]
        if not suited:
            return ""
        return next((key for key in suited[0] if all(key in keys for keys in suited)), None)

    def _warm_ups(self, rest: Rest, rule: RegionRule) -> tuple[str, ...]:
        keys = rule.warm_up
        if rest.level is Level.MILD:
            keys = (*rule.mild_warm_up, *keys)
        if rest.level is Level.LOCK and rule.locked is not None:
            keys = tuple(key for key in keys if self.rules.warm_ups[key].posture in rule.locked)
        return keys

    def allows_before_run(self) -> bool:
        """Return whether the routine before a run may be offered."""
        rules = (self._rule(rest.region) for rest in self.rests)
        return all(rule is None or rule.before_run for rule in rules)


def _is_out_of_bounds(rule: RegionRule, level: Level, demand: Demand) -> bool:
    """Return whether posture or strain is ruled out at this level, regardless of load."""
    out = {*rule.mild}
    if level.reaches(Level.MODERATE):
        out |= {*rule.moderate}
    if level.reaches(Level.STRONG):
        out |= {*rule.strong}
    if level is Level.LOCK and rule.locked is not None and demand.posture not in rule.locked:
        return True
    return not out.isdisjoint({demand.posture, *demand.also})
