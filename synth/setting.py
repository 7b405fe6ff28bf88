"""What is fixed before anything happens: the seed, the world, the time, the people and who goes about with whom."""

from __future__ import annotations

from dataclasses import dataclass

from synth.chance import Rng, stream
from synth.people import People, make_people
from synth.period import Period
from synth.ties import Ties, make_ties
from synth.worlds import World


@dataclass(frozen=True)
class Setting:
    """Everything that the parts of a simulation share."""

    seed: int
    world: World
    period: Period
    people: People
    ties: Ties

    def rng(self, part: str) -> Rng:
        """The random numbers of one named part."""
        return stream(self.seed, part)

    @property
    def scale(self) -> float:
        """Thousands of people times simulated years: what rates are multiplied by."""
        return self.people.count / 1000 * self.period.simulated_years


def make_setting(seed: int, world: World, people: int, period: Period) -> Setting:
    """A county's people and their ties."""
    county = make_people(seed, people, period)
    return Setting(seed, world, period, county, make_ties(seed, county, period))
