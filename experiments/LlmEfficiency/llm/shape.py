"""Shapes of the models, and what they cost on paper."""

from dataclasses import dataclass

VOCABULARY = 256  # bytes
POSITIONS = 4_160


@dataclass(frozen=True)
class Shape:
    layers: int
    width: int
    heads: int

    @property
    def parameters(self):
        return self.layers * 12 * self.width**2 + VOCABULARY * self.width

    def flops(self, position):
        """Floating point operations of one token at a position: a multiplication and an addition for every weight and every entry of the cache."""
        attention = 4 * self.layers * self.width * (position + 1)
        return 2 * self.parameters + attention


SHAPES = {
    "tiny": Shape(layers=2, width=64, heads=4),
    "small": Shape(layers=4, width=128, heads=8),
    "base": Shape(layers=12, width=768, heads=12),
}
