"""How much each model counts for a unit: by how well it foretold earlier counts of unmet items."""

import numpy as np
from numpy.typing import NDArray

from data.forecasting.panel import Real

SHARE_PRIOR = 0.5
SHARED = 0.35
"""How far a unit's few, dependent scores are drawn towards the mean of all units."""
ROUNDS = 200
HIT_PRIOR, DRAW_PRIOR = 0.1, 3.3


def log_score(hits: NDArray[np.int_], draws: int) -> Real:
    """Log of the probability that a model gave to what came, from its hits among the draws."""
    return np.log((hits + HIT_PRIOR) / (draws + DRAW_PRIOR))


def model_weights(scores: Real, floor: float) -> Real:
    """Weights [U, K] from mean log-scores [U, K].

    Units without scores (not a number) take the shares of the models, which are learnt from all
    units; no model's weight is below `floor`.
    """
    units, models = scores.shape
    known = ~np.isnan(scores).any(axis=1)
    share = np.full(models, 1 / models)
    own_scores = scores[known]
    if len(own_scores):
        own_scores = own_scores + SHARED * (own_scores.mean(axis=0) - own_scores)
    best = own_scores.max(axis=1, keepdims=True, initial=-np.inf)
    chance = np.exp(own_scores - best)
    unit_shares = np.broadcast_to(share, chance.shape)
    for _ in range(ROUNDS):
        unit_shares = share * chance
        unit_shares = unit_shares / unit_shares.sum(axis=1, keepdims=True)
        share = (unit_shares.sum(axis=0) + SHARE_PRIOR) / (known.sum() + SHARE_PRIOR * models)
    weights = np.broadcast_to(share, (units, models)).copy()
    weights[known] = unit_shares
    return floor + (1 - floor * models) * weights
