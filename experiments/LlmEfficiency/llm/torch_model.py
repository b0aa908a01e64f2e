"""The same model in PyTorch, for a GPU."""

import os

import torch

from .shape import POSITIONS, VOCABULARY


class Model:
    def __init__(self, shape, precision):
        self.shape = shape
        self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))
        self.precision = getattr(torch, precision)
        random = torch.Generator().manual_seed(shape.width)
        width = shape.width

        def weights(*size):
            return (torch.randn(size, generator=random) / size[0] ** 0.5).to(self.device, self.precision)

        self.tokens = weights(VOCABULARY, width)
        self.positions = (weights(POSITIONS, width) * POSITIONS**0.5).to(self.precision)
        self.layers = [[weights(width, 3 * width), weights(width, width), weights(width, 4 * width), weights(4 * width, width)] for _ in range(shape.layers)]

    def start(self, batch):
        return [([], []) for _ in self.layers]

    @torch.inference_mode()
    def next(self, tokens, position, cache):
        x = self.tokens[torch.as_tensor(tokens, device=self.device)] + self.positions[position]
        for (attend, join, widen, narrow), (keys, values) in zip(self.layers, cache):
            x = x + self._attention(self._norm(x) @ attend, keys, values) @ join
            x = x + torch.relu(self._norm(x) @ widen) @ narrow
        return self._norm(x) @ self.tokens.T

    def _attention(self, projected, keys, values):
        batch, heads = len(projected), self.shape.heads
        query, key, value = (part.reshape(batch, heads, 1, -1) for part in projected.chunk(3, dim=1))
        keys.append(key)
        values.append(value)
        attended = torch.nn.functional.scaled_dot_product_attention(query, torch.cat(keys, dim=2), torch.cat(values, dim=2))
        return attended.reshape(batch, -1)

    def _norm(self, x):
        return torch.nn.functional.layer_norm(x, x.shape[-1:])

    def choose(self, logits, decoder, random):
        if decoder == "greedy":
            return logits.argmax(dim=1).cpu().numpy()
        values, likeliest = logits.float().topk(40, dim=1)
        noise = torch.as_tensor(random.gumbel(size=tuple(values.shape)), device=self.device)
        return likeliest.gather(1, (values + noise).argmax(dim=1, keepdim=True))[:, 0].cpu().numpy()

    def synchronise(self):
        torch.cuda.synchronize(self.device)
