"""The model in PyTorch, for a GPU. On a CPU it says what the one in NumPy says; what it cost is asked of a GPU only."""

import torch

from .weights import weights


class Model:
    def __init__(self, shape, precision, device):
        self.shape = shape
        self.device = device
        self.tokens, self.positions, self.layers = weights(shape, lambda array: torch.from_numpy(array).to(device, getattr(torch, precision)))

    def start(self, batch):
        return [([], []) for _ in self.layers]

    @torch.inference_mode()
    def next(self, tokens, position, cache):
        x = self.tokens[torch.as_tensor(tokens, device=self.device)] + self.positions[position]
        for (attend, join, widen, narrow), (keys, values) in zip(self.layers, cache):
            x = x + self._attention(_norm(x) @ attend, keys, values) @ join
            x = x + torch.relu(_norm(x) @ widen) @ narrow
        return _norm(x) @ self.tokens.T

    def _attention(self, projected, keys, values):
        batch, heads = len(projected), self.shape.heads
        query, key, value = (part.reshape(batch, heads, 1, -1) for part in projected.chunk(3, dim=1))
        keys.append(key)
        values.append(value)
        k, v = torch.cat(keys, dim=2), torch.cat(values, dim=2)
        scores = query @ k.transpose(2, 3) / query.shape[-1] ** 0.5
        return (scores.softmax(dim=-1) @ v).reshape(batch, -1)

    def choose(self, logits, decoder, random):
        if decoder == "greedy":
            return logits.argmax(dim=1).cpu().numpy()
        values, likeliest = logits.topk(40, dim=1)
        noise = torch.as_tensor(random.gumbel(size=tuple(values.shape)), device=self.device)
        return likeliest.gather(1, (values + noise).argmax(dim=1, keepdim=True))[:, 0].cpu().numpy()

    def synchronise(self):
        torch.cuda.synchronize(self.device)

    def peak_memory(self):
        """Bytes of the GPU that tensors held, at most."""
        return torch.cuda.max_memory_allocated(self.device)


def _norm(x):
    return (x - x.mean(dim=-1, keepdim=True)) / (x.std(dim=-1, unbiased=False, keepdim=True) + 1e-3)
