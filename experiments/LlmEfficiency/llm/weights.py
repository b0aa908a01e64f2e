"""The weights of a model: random, and the same for a shape everywhere, as if they came from a hub."""

import numpy as np

from .shape import POSITIONS, VOCABULARY


def weights(shape, place):
    """Those of tokens, positions and layers; `place` puts each array where a library wants it."""
    random, width = np.random.RandomState(shape.width), shape.width

    def draw(*size):
        return place(random.standard_normal(size) / np.sqrt(size[0]))

    tokens = draw(VOCABULARY, width)
    angles = np.arange(POSITIONS)[:, None] / 10_000 ** (np.arange(width)[None, :] / width)
    positions = place(np.where(np.arange(width) % 2, np.cos(angles), np.sin(angles)))
    layers = [[draw(width, 3 * width), draw(width, width), draw(width, 4 * width), draw(4 * width, width)] for _ in range(shape.layers)]
    return tokens, positions, layers
