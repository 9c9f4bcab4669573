"""The interval over what is missing, and another response rate."""

from __future__ import annotations

import numpy as np

from haicast_training.factors import Scaler
from haicast_training.response.interval import factor_spreads, images_reach, joint_interval, reach_of
from haicast_training.simulator.clinical import draw_factors
from haicast_training.simulator.outcome import clinical_effect, image_effect, intercept_for
from haicast_training.simulator.streams import stream
from haicast_training.simulator.traits import draw_traits
from haicast_training.statistics.base_rate import bins_of, intercept_for_rate
from haicast_training.statistics.logistic import sigmoid


def test_missing_inputs_are_summed_and_added_in_quadrature():
    members = np.array([[-3.0], [0.0], [1.0]])
    low, high = joint_interval(members, np.array([0.0]), np.array([[-4.0, 0.0]]), 1.0)
    assert np.isclose(low[0], -5.0) and np.isclose(high[0], 1.0)
    reach = reach_of(np.array([[True, True, False]]), [(-0.5, 0.25), (-1.0, 2.0), (-9.0, 9.0)])
    assert reach.tolist() == [[-1.5, 2.25]]


def test_images_that_reach_further_together_than_one_by_one_are_raised_in_proportion():
    spreads, together = [(-1.0, 2.0), (-3.0, 2.0)], (-2.0, 5.0)
    missing = np.array([[True, True], [True, False], [False, False]])
    assert images_reach(missing, spreads, together).tolist() == [[-4.0, 5.0], [-1.0, 2.0], [0.0, 0.0]]


def test_interval_holds_every_way_of_filling_what_is_missing_at_the_ends_of_training():
    rng = np.random.default_rng(1)
    values = np.column_stack([10 ** rng.normal(2, 1, 500), np.exp(rng.normal(1, 0.5, 500))])
    from haicast_training.factors import FactorInput

    inputs = (FactorInput("a", "1", "log10"), FactorInput("b", "1", "log10"))
    scaler, weights = Scaler.fit(values, inputs), np.array([0.4, -0.7])
    spreads = factor_spreads(scaler, weights, values)
    members = rng.normal(0, 0.3, (200, 1))
    low, high = joint_interval(members, np.array([0.0]), reach_of(np.array([[True, True]]), spreads), 0.9)
    ends = np.quantile(values, (0.05, 0.95), axis=0)
    for a in ends[:, 0]:
        for b in ends[:, 1]:
            logit = float(scaler.z(np.array([[a, b]]))[0] @ weights)
            assert low[0] <= logit <= high[0]


def test_rate_is_reached_in_the_generator_with_perfect_probabilities_and_the_same_case_mix():
    def true_logits(seed: int, count: int) -> np.ndarray:
        found = []
        for i in range(count):
            rng = stream(seed, "rates", i)
            traits = draw_traits(rng)
            found.append(image_effect(traits) + clinical_effect(traits, draw_factors(rng, traits)))
        return np.array(found)

    reference, hospital = true_logits(1, 2000), true_logits(2, 2000)
    trained = intercept_for(0.43, reference)
    bins = bins_of(reference + trained)
    for rate in (0.14, 0.30, 0.60):
        moved = sigmoid(hospital + trained + intercept_for_rate(bins, rate))
        # The hospital's own patients are another sample: their mean has a standard error of its own.
        own = intercept_for_rate(bins_of(hospital + trained), rate)
        assert abs(float(sigmoid(reference + trained + intercept_for_rate(bins, rate)).mean()) - rate) < 0.001
        assert abs(float(moved.mean()) - rate) < 0.01
        assert abs(own - intercept_for_rate(bins, rate)) < 0.1
        # Pure label shift overshoots at low rates: the fault that this replaces.
    shifted = sigmoid(hospital + trained + np.log(0.14 / 0.86) - np.log(0.43 / 0.57))
    assert float(shifted.mean()) > 0.2
